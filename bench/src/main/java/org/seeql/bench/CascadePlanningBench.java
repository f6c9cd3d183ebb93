package org.seeql.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.seeql.planner.cascade.CascadeChoice;
import org.seeql.planner.cascade.CascadeChooser;
import org.seeql.planner.cascade.CascadePlan;
import org.seeql.planner.cascade.CascadeProblem;
import org.seeql.planner.model.ScoreSample;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.Measure;
import org.seeql.planner.parser.StandalonePredicate;

/** Measures how long the choice of a cascade takes, and its memory, with generated scores. */
final class CascadePlanningBench {
  private static final double MEBI = 1 << 20;
  private static final double MIN_F1 = 0.8;
  private static final int SEEDS = 3;

  private final Report report;

  CascadePlanningBench(Report report) {
    this.report = report;
  }

  void run() {
    report.heading(
        "Planning a cascade (maximum heap %,.0f MiB)"
            .formatted(Runtime.getRuntime().maxMemory() / MEBI),
        "classes × models × images",
        "median, processor s",
        "maximum, processor s",
        "maximum, s",
        "highest heap, MiB",
        "plans found");
    measure(3, 8, 2_000); // the first one also loads classes
    measure(3, 8, 2_000);
    measure(8, 20, 10_000);
  }

  private void measure(int classes, int models, int images) {
    List<Double> processor = new ArrayList<>();
    double longest = 0;
    double heap = 0;
    int found = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      CascadeProblem problem = problem(classes, models, images, new Random(seed));
      System.gc();
      heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
      long start = System.nanoTime();
      long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      CascadeChoice choice = CascadeChooser.choose(problem);
      processor.add((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1e9);
      longest = Math.max(longest, (System.nanoTime() - start) / 1e9);
      heap =
          Math.max(
              heap, heapPools().stream().mapToLong(p -> p.getPeakUsage().getUsed()).sum() / MEBI);
      found += choice instanceof CascadePlan ? 1 : 0;
    }
    processor.sort(null);
    report.row(
        "%d × %d × %,d".formatted(classes, models, images),
        processor.get(SEEDS / 2),
        processor.get(SEEDS - 1),
        longest,
        heap,
        "%d of %d".formatted(found, SEEDS));
  }

  private static List<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  /** Cheap models are noisy and expensive models are nearly right, more so on simple images. */
  static CascadeProblem problem(int classes, int models, int images, Random random) {
    List<String> names = IntStream.range(0, classes).mapToObj(i -> "c" + i).toList();
    List<String> rows = new ArrayList<>();
    SortedMap<String, SortedMap<String, double[]>> scores = new TreeMap<>();
    Map<String, Double> costs = new TreeMap<>();
    for (int model = 0; model < models; model++) {
      String name = "m" + model;
      costs.put(name, Math.pow(100, model / (models - 1.0)));
      SortedMap<String, double[]> ofModel = new TreeMap<>();
      names.forEach(c -> ofModel.put(c, new double[images]));
      scores.put(name, ofModel);
    }
    for (int row = 0; row < images; row++) {
      StringBuilder shown = new StringBuilder();
      double hardness = random.nextDouble();
      for (String name : names) {
        boolean isShown = random.nextDouble() < 0.3;
        shown.append(isShown ? '1' : '0');
        for (int model = 0; model < models; model++) {
          double noise = 0.6 * hardness * random.nextGaussian() / (1 + 4.0 * model / models);
          double score = Math.min(1, Math.max(0, (isShown ? 0.8 : 0.1) + noise));
          scores.get("m" + model).get(name)[row] = score < 0.05 ? 0 : score;
        }
      }
      rows.add(shown.toString());
    }
    String predicate = names.stream().skip(1).collect(Collectors.joining(" OR ", "c0 AND (", ")"));
    return new CascadeProblem(
        StandalonePredicate.parse(predicate),
        Bounds.NONE.with(Bound.MIN_F1, MIN_F1),
        Measure.F1,
        CascadeProblem.DEFAULT_CONFIDENCE_LEVEL,
        new ScoreSample(names, rows, scores),
        costs,
        Optional.empty());
  }
}
