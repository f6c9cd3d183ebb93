package org.seeql.planner.cascade;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.seeql.planner.model.ScoreSample;
import org.seeql.planner.optimizer.Step;

/** Counts the answers of a plan's rungs. For one thread at a time. */
public final class RungTally implements CascadeWalk.Readings {
  private final Map<String, Integer> firstRungs = new HashMap<>();
  private final List<long[]> verdicts = new ArrayList<>();
  private final List<long[]> scores = new ArrayList<>();

  public RungTally(CascadePlan plan) {
    plan.ladders()
        .forEach(
            (name, rungs) -> {
              firstRungs.put(name, verdicts.size());
              rungs.forEach(
                  rung -> {
                    verdicts.add(new long[Verdict.values().length]);
                    scores.add(new long[RungCounts.BINS]);
                  });
            });
  }

  /** The counts on the certification half of a sample. */
  static List<RungCounts> ofCertification(CascadePlan plan, ScoreSample sample) {
    RungTally tally = new RungTally(plan);
    for (int row = 1; row < sample.rows().size(); row += 2) {
      CascadeWalk walk = new CascadeWalk(plan, tally);
      Step step = plan.root();
      while (step instanceof Step.Then then) {
        step = walk.step(then.node(), scores(plan.nodes().get(then.node()).model(), sample, row));
      }
    }
    return tally.counts();
  }

  private static Map<String, Double> scores(String model, ScoreSample sample, int row) {
    Map<String, Double> scores = new HashMap<>();
    sample.scores().get(model).forEach((name, ofClass) -> scores.put(name, ofClass[row]));
    return scores;
  }

  @Override
  public void read(String className, int rung, double score, Verdict verdict) {
    requireNonNull(verdict, "verdict is null");
    int index = firstRungs.get(className) + rung;
    verdicts.get(index)[place(verdict)]++;
    scores.get(index)[RungCounts.bin(score)]++;
  }

  private static int place(Verdict verdict) {
    return switch (verdict) {
      case YES -> 0;
      case NO -> 1;
      case UNSURE -> 2;
    };
  }

  /** The counts of each rung, in the order of the ladders. */
  public List<RungCounts> counts() {
    List<RungCounts> counts = new ArrayList<>();
    for (int rung = 0; rung < verdicts.size(); rung++) {
      long[] of = verdicts.get(rung);
      List<Long> bins = new ArrayList<>();
      for (long images : scores.get(rung)) {
        bins.add(images);
      }
      counts.add(
          new RungCounts(
              of[place(Verdict.YES)], of[place(Verdict.NO)], of[place(Verdict.UNSURE)], bins));
    }
    return counts;
  }
}
