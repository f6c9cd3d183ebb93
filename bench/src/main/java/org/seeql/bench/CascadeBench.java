package org.seeql.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.seeql.planner.cascade.CascadeChoice;
import org.seeql.planner.cascade.CascadeChooser;
import org.seeql.planner.cascade.CascadePlan;
import org.seeql.planner.cascade.CascadeProblem;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.Choice;
import org.seeql.planner.optimizer.ChoiceProblem;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.optimizer.Measure;
import org.seeql.planner.optimizer.ModelChooser;
import org.seeql.planner.optimizer.ModelPlan;
import org.seeql.planner.parser.StandalonePredicate;
import org.seeql.planner.predicate.Predicate;

/**
 * Compares the strategy cascade with optimal. Both choose their plans on the demo's profiling split
 * and must certify the same F1. The plans are replayed on the showing split.
 */
final class CascadeBench {
  private static final int MAX_CLASSES = 6;
  private static final double OF_BEST = 0.95;
  private static final long SEED = 44;

  /**
   * Of the strategy optimal. Its interval has two sides, so that its lower end has the probability
   * of error of a cascade's one-sided limit.
   */
  private static final double LEVEL_OF_OPTIMAL =
      1 - 2 * (1 - CascadeProblem.DEFAULT_CONFIDENCE_LEVEL);

  /** How many conditions are drawn at most, for each one that is requested. */
  private static final int DRAWS_PER_PREDICATE = 20;

  private final ScoredDemo demo;
  private final Report report;

  private CascadeBench(ScoredDemo demo, Report report) {
    this.demo = demo;
    this.report = report;
  }

  /**
   * Evaluates the models and measures. An evaluation that is stored in the work folder is used
   * again.
   *
   * @param models the folder of the demo's models
   * @param pictures the folder of the pictures and their labels
   * @param predicates the number of predicates for which both strategies find a plan; fewer, if
   *     they are not among {@value #DRAWS_PER_PREDICATE} times as many
   */
  static void run(Path models, Path pictures, Path work, int cores, Report report, int predicates)
      throws IOException, SQLException {
    Path file = work.resolve("demo-scores.json");
    if (Files.notExists(file)) {
      try (BenchSession session =
          new BenchSession(Files.createTempDirectory(work, "database-"), cores)) {
        ScoredDemoFile.write(ScoredDemo.measure(session, models, pictures), file);
      }
    }
    new CascadeBench(ScoredDemoFile.read(file), report).compare(predicates);
  }

  /** The plans of both strategies for one predicate, replayed on the showing split. */
  record Line(double bound, PlanReplay optimal, PlanReplay cascade, double planningSeconds) {
    double gain() {
      return optimal.costMillis() / cascade.costMillis();
    }
  }

  private void compare(int predicates) {
    report.heading(
        "Cascades and optimal with the same certified F1: %,d profiled and %,d shown pictures"
            .formatted(demo.scores().rows().size(), demo.shown().rows().size()),
        "condition",
        "share",
        "min_f1",
        "optimal, ms",
        "cascade, ms",
        "optimal divided by cascade",
        "realised F1 of optimal",
        "of cascade",
        "ladders",
        "tests",
        "planning, s");
    Random random = new Random(SEED);
    summarise(
        Drawn.of(
            predicates,
            number -> {
              int classes = 1 + number % MAX_CLASSES;
              return measure(RandomPredicate.of(demo.scores().classes(), classes, random));
            }),
        report);
  }

  /**
   * The conditions for which both strategies have a plan.
   *
   * @param draws the number of conditions that were drawn for them
   */
  record Drawn(List<Line> lines, int draws) {
    Drawn {
      lines = List.copyOf(lines);
    }

    /**
     * Draws until the requested number is found, at most {@value #DRAWS_PER_PREDICATE} times as
     * often: too few pictures certify no bound.
     *
     * @param measure measures the condition with a number from 0
     */
    static Drawn of(int requested, IntFunction<Optional<Line>> measure) {
      List<Line> lines = new ArrayList<>();
      int draws = 0;
      while (lines.size() < requested && draws < DRAWS_PER_PREDICATE * requested) {
        measure.apply(draws++).ifPresent(lines::add);
      }
      return new Drawn(lines, draws);
    }
  }

  private Optional<Line> measure(RandomPredicate predicate) {
    Predicate parsed = StandalonePredicate.parse(predicate.text());
    ChoiceProblem problem =
        ChoiceProblem.of(parsed, demo.presence(), demo.answers()).with(Measure.F1);
    OptionalDouble best =
        ModelChooser.choose(problem) instanceof DecisionPlan plan
            ? plan.quality().f1()
            : OptionalDouble.empty();
    if (best.isEmpty()) {
      return Optional.empty();
    }
    Bounds bounds = Bounds.NONE.with(Bound.MIN_F1, OF_BEST * best.getAsDouble());
    double level = CascadeProblem.DEFAULT_CONFIDENCE_LEVEL;
    Choice optimal =
        ModelChooser.choose(problem.with(bounds).withConfidenceLevel(LEVEL_OF_OPTIMAL));
    long start = System.nanoTime();
    CascadeChoice cascade =
        CascadeChooser.choose(
            new CascadeProblem(
                parsed, bounds, Measure.F1, level, demo.scores(), demo.costs(), Optional.empty()));
    double seconds = (System.nanoTime() - start) / 1e9;
    if (optimal instanceof DecisionPlan first && cascade instanceof CascadePlan second) {
      Line line =
          new Line(
              bounds.find(Bound.MIN_F1).getAsDouble(),
              replay(first, predicate),
              replay(second, predicate),
              seconds);
      print(predicate, line, second);
      return Optional.of(line);
    }
    return Optional.empty();
  }

  private PlanReplay replay(ModelPlan plan, RandomPredicate predicate) {
    return PlanReplay.of(plan, predicate, demo.shown(), demo.costs(), demo.confidences());
  }

  private void print(RandomPredicate predicate, Line line, CascadePlan cascade) {
    int rows = demo.shown().rows().size();
    double share = 0;
    for (int row = 0; row < rows; row++) {
      share += predicate.holds(PlanReplay.shown(demo.shown(), row)) ? 1.0 / rows : 0;
    }
    report.row(
        predicate.text().replace("`", ""),
        share,
        text(line.bound()),
        line.optimal().costMillis(),
        line.cascade().costMillis(),
        line.gain(),
        text(line.optimal().f1()),
        text(line.cascade().f1()),
        cascade.assignment().values().stream()
            .map(models -> String.join(" → ", models))
            .collect(Collectors.joining(", ")),
        cascade.tests(),
        line.planningSeconds());
  }

  static void summarise(Drawn drawn, Report report) {
    List<Line> lines = drawn.lines();
    report.heading("All conditions", "what", "figure");
    report.row(
        "conditions with both plans, of those drawn",
        "%d of %d".formatted(lines.size(), drawn.draws()));
    List<Double> gains = lines.stream().map(Line::gain).sorted().toList();
    report.row("cost of optimal divided by that of cascade, first quartile", quantile(gains, 0.25));
    report.row("median", quantile(gains, 0.5));
    report.row("third quartile", quantile(gains, 0.75));
    report.row(
        "showing split: F1 of cascade at least the bound",
        "%d of %d"
            .formatted(
                lines.stream().filter(l -> l.cascade().f1() >= l.bound()).count(), lines.size()));
    report.row(
        "the same for optimal",
        "%d of %d"
            .formatted(
                lines.stream().filter(l -> l.optimal().f1() >= l.bound()).count(), lines.size()));
  }

  /** The quantile, interpolated between two numbers, or a dash if there are no numbers. */
  private static Object quantile(List<Double> sorted, double share) {
    if (sorted.isEmpty()) {
      return "-";
    }
    double place = share * (sorted.size() - 1);
    int low = (int) place;
    int high = Math.min(low + 1, sorted.size() - 1);
    return sorted.get(low) + (place - low) * (sorted.get(high) - sorted.get(low));
  }

  private static String text(double number) {
    return String.format(Locale.ROOT, "%.4f", number);
  }
}
