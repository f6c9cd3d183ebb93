package org.seeql.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.seeql.job.StatementResult;
import org.seeql.job.StatementResult.FindSummary;
import org.seeql.planner.plan.PlanningException;

/**
 * Measures TO FIND on the demo's pictures, with models profiled on its profiling split. Compares
 * predicted with actual accuracy on the showing split, counts how often a bound is kept, and
 * compares the time with that of the strategy baseline.
 */
final class FindBench {
  private static final int MAX_CLASSES = 6;
  private static final double OF_BEST = 0.95;
  private static final double LEVEL = 0.95;
  private static final long SEED = 44;

  private final Path demo;
  private final Path work;
  private final int cores;
  private final Report report;
  private Map<Long, Set<String>> truth = new TreeMap<>();

  FindBench(Path demo, Path work, int cores, Report report) {
    this.demo = demo;
    this.work = work;
    this.cores = cores;
    this.report = report;
  }

  /** The result for one condition. */
  private record Line(
      double predicted,
      double realised,
      Optional<Boolean> kept,
      double slowness,
      double modelSlowness) {}

  void run(int predicates, int copies) throws IOException {
    try (BenchSession session =
        new BenchSession(Files.createTempDirectory(work, "database-"), cores)) {
      session.execute("CREATE DATABASE found");
      prepare(session, copies);
      report.heading(
          "TO FIND, min_f1 at 0.95 of the best possible value",
          "condition",
          "share",
          "models",
          "predicted accuracy",
          "realised",
          "accuracy bound at level 0.95",
          "realised",
          "ms in models",
          "baseline",
          "s",
          "baseline");
      List<Line> lines = new ArrayList<>();
      Random random = new Random(SEED);
      List<String> classes =
          truth.values().stream().flatMap(Set::stream).distinct().sorted().toList();
      for (int i = 0; lines.size() < predicates; i++) {
        RandomPredicate predicate = RandomPredicate.of(classes, 1 + i % MAX_CLASSES, random);
        measure(session, predicate).ifPresent(lines::add);
      }
      summarise(lines);
    }
  }

  private void prepare(BenchSession session, int copies) throws IOException {
    DemoData data = new DemoData(demo);
    data.createModels(session);
    data.load(session, "profile");
    truth = data.load(session, "show");
    for (String model : ScoredDemo.MODELS) {
      session.execute(
          "SELECT * FROM demo_profile.images TO EVALUATE %1$s WITH device = 'cpu' INTO found.scores_%1$s"
              .formatted(model));
    }
    session.execute(
        """
        CREATE TABLE demo_show.many (id BIGINT PRIMARY KEY, file_name VARCHAR(255));
        INSERT INTO demo_show.many SELECT image_id * 1000 + seq, file_name
          FROM demo_show.images JOIN main.seq_1_to_%d;
        INSERT INTO seeql.image_roots SELECT 'demo_show', 'many', root FROM seeql.image_roots
          WHERE database_name = 'demo_show' AND table_name = 'images';
        """
            .formatted(copies));
  }

  private Optional<Line> measure(BenchSession session, RandomPredicate predicate) {
    double best = number(explained(session, predicate, "maximize = 'f1'"), "f1");
    if (Double.isNaN(best) || best == 0) {
      return Optional.empty(); // the condition holds for no image of the profiling split
    }
    String bound = "min_f1 = " + text(OF_BEST * best);
    FindSummary plan = find(session, "images", predicate, bound + ", keep_all = true", "answers");
    double predicted = plan.report().plan().quality().accuracy();
    double realised = accuracy(session, predicate);
    Optional<double[]> level = atLevel(session, predicate);
    FindSummary fast = find(session, "many", predicate, bound, "rows_fast");
    FindSummary slow = find(session, "many", predicate, "strategy = 'baseline'", "rows_slow");
    double holds = truth.values().stream().filter(predicate::holds).count() / (double) truth.size();
    report.row(
        predicate.text().replace("`", ""),
        holds,
        String.join(", ", plan.report().plan().models()),
        text(predicted),
        text(realised),
        level.map(l -> text(l[0])).orElse("none"),
        level.map(l -> text(l[1])).orElse("-"),
        fast.report().costMillis(),
        slow.report().costMillis(),
        seconds(fast),
        seconds(slow));
    return Optional.of(
        new Line(
            predicted,
            realised,
            level.map(l -> l[1] >= l[0]),
            seconds(slow) / seconds(fast),
            slow.report().costMillis() / fast.report().costMillis()));
  }

  /**
   * The highest accuracy bound, in steps of 0.02, that a plan keeps at the confidence level, and
   * the actual accuracy.
   */
  private Optional<double[]> atLevel(BenchSession session, RandomPredicate predicate) {
    for (double bound = 0.98; bound >= 0.5; bound -= 0.02) {
      String options = "min_accuracy = %s, confidence_level = %s".formatted(text(bound), LEVEL);
      try {
        find(session, "images", predicate, options + ", keep_all = true", "answers");
        return Optional.of(new double[] {bound, accuracy(session, predicate)});
      } catch (PlanningException e) {
        // no plan keeps this bound: try a lower one
      }
    }
    return Optional.empty();
  }

  private void summarise(List<Line> lines) {
    report.heading("All conditions", "what", "figure");
    report.row("conditions", lines.size());
    report.row(
        "predicted accuracy minus actual accuracy, mean",
        text(
            lines.stream().mapToDouble(l -> l.predicted() - l.realised()).average().orElseThrow()));
    report.row(
        "absolute difference of the two, mean",
        text(distances(lines).stream().mapToDouble(d -> d).average().orElseThrow()));
    report.row(
        "absolute difference of the two, maximum", text(distances(lines).get(lines.size() - 1)));
    List<Boolean> kept = lines.stream().flatMap(l -> l.kept().stream()).toList();
    report.row(
        "accuracy bounds kept with confidence_level 0.95",
        "%d of %d".formatted(kept.stream().filter(k -> k).count(), kept.size()));
    report.row(
        "time of baseline divided by the time of optimal, median",
        median(lines.stream().map(Line::slowness).sorted().toList()));
    report.row(
        "the same for the models alone, median",
        median(lines.stream().map(Line::modelSlowness).sorted().toList()));
  }

  private static List<Double> distances(List<Line> lines) {
    return lines.stream().map(l -> Math.abs(l.predicted() - l.realised())).sorted().toList();
  }

  private static double median(List<Double> sorted) {
    return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
  }

  private Map<?, ?> explained(BenchSession session, RandomPredicate predicate, String options) {
    StatementResult.Explanation explanation =
        (StatementResult.Explanation)
            session.execute("EXPLAIN " + statement("images", predicate, options));
    return (Map<?, ?>) explanation.document().get("plan");
  }

  private static double number(Map<?, ?> plan, String name) {
    return plan.get(name) instanceof Double value ? value : Double.NaN;
  }

  private FindSummary find(
      BenchSession session, String table, RandomPredicate predicate, String options, String into) {
    return (FindSummary)
        session.execute(statement(table, predicate, options) + " INTO found." + into);
  }

  private static String statement(String table, RandomPredicate predicate, String options) {
    return "SELECT * FROM demo_show.%s TO FIND %s WITH device = 'cpu', %s"
        .formatted(
            table,
            predicate.text(),
            options.contains("strategy") ? options : "strategy = 'optimal', " + options);
  }

  /** The fraction of images whose answer in {@code found.answers} is correct. */
  private double accuracy(BenchSession session, RandomPredicate predicate) {
    Set<Long> found = new TreeSet<>();
    try (StatementResult.Rows rows =
        (StatementResult.Rows) session.execute("SELECT image_id FROM found.answers WHERE found")) {
      rows.rows().forEachRemaining(row -> found.add(((Number) row.get(0)).longValue()));
    }
    Set<Long> wanted =
        truth.entrySet().stream()
            .filter(image -> predicate.holds(image.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    long right =
        truth.keySet().stream().filter(id -> found.contains(id) == wanted.contains(id)).count();
    return right / (double) truth.size();
  }

  private static double seconds(FindSummary find) {
    return find.run().stages().get("infer").toNanos() / 1e9;
  }

  private static String text(double number) {
    return String.format(Locale.ROOT, "%.4f", number);
  }
}
