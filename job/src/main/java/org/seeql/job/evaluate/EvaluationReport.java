package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seeql.database.ledger.RunRecord;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.plan.VisionTask;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.udf.evaluate.ClassMatching;
import org.seeql.udf.evaluate.DetectionScores;
import org.seeql.udf.evaluate.EvaluatedClass;
import org.seeql.udf.evaluate.Measurement;
import org.seeql.udf.evaluate.PresenceCounts;

/** The result of an evaluation: rows of its target, a summary table, and text. */
public final class EvaluationReport {
  private static final int DIGITS = 4;
  private static final double MEBIBYTE = 1 << 20;

  private final RunRecord run;
  private final RegisteredModel model;
  private final EvaluationSettings settings;
  private final Measurement measurement;
  private final List<ModelTiming> timings;

  EvaluationReport(
      RunRecord run,
      RegisteredModel model,
      EvaluationSettings settings,
      Measurement measurement,
      List<ModelTiming> timings) {
    this.run = requireNonNull(run, "run is null");
    this.model = requireNonNull(model, "model is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.measurement = requireNonNull(measurement, "measurement is null");
    this.timings = List.copyOf(timings);
  }

  EvaluationReport withTimings(List<ModelTiming> newTimings) {
    return new EvaluationReport(run, model, settings, measurement, newTimings);
  }

  Measurement measurement() {
    return measurement;
  }

  List<ModelTiming> timings() {
    return timings;
  }

  /** The rows of the target. */
  List<List<Object>> rows() {
    return EvaluationTable.rows(
        new EvaluationTable.Head(run.runId(), run.model(), run.modelVersion(), settings.dataset()),
        measurement,
        timings);
  }

  public long rowCount() {
    return rows().size();
  }

  /** The number of images that were compared with their labels. */
  public long images() {
    return measurement.images();
  }

  /** The columns of the summary table. */
  public List<String> shownColumns() {
    List<String> columns = new ArrayList<>(List.of("class", "shown"));
    if (isOfBoxes()) {
      columns.addAll(List.of("objects", "ap50", "ap"));
    }
    columns.addAll(List.of("precision", "recall"));
    if (isOfTags()) {
      columns.add("f1");
    }
    columns.addAll(List.of("tpr", "fpr"));
    return columns;
  }

  /** The summary table: one row per class that the model knows, and one row for all classes. */
  public List<List<Object>> shownRows() {
    List<List<Object>> rows = new ArrayList<>();
    measurement
        .known()
        .forEach(c -> rows.add(shown(c.name(), c.presence(), c.scores(), c.presence().f1())));
    rows.add(
        shown("(all)", measurement.overallPresence(), measurement.overall(), measurement.meanF1()));
    return rows;
  }

  private boolean isOfBoxes() {
    return model.task() == VisionTask.DETECT;
  }

  private boolean isOfTags() {
    return model.task() == VisionTask.TAG;
  }

  private List<Object> shown(
      String name, PresenceCounts presence, DetectionScores scores, double f1) {
    List<Object> row = new ArrayList<>(Arrays.asList(name, presence.shown()));
    if (isOfBoxes()) {
      row.addAll(Arrays.asList(scores.objects(), rounded(scores.ap50()), rounded(scores.ap())));
    }
    row.addAll(Arrays.asList(rounded(scores.precision()), rounded(scores.recall())));
    if (isOfTags()) {
      row.add(rounded(f1));
    }
    row.addAll(
        Arrays.asList(rounded(presence.truePositiveRate()), rounded(presence.falsePositiveRate())));
    return row;
  }

  private static BigDecimal rounded(double figure) {
    return Double.isNaN(figure)
        ? null
        : BigDecimal.valueOf(figure).setScale(DIGITS, RoundingMode.HALF_UP);
  }

  /** Further results: a label for each line. */
  public Map<String, String> findings() {
    Map<String, String> findings = new LinkedHashMap<>();
    findings.put("quality", quality());
    best().ifPresent(timing -> findings.put("cost", cost(timing)));
    best().ifPresent(timing -> findings.put("load", load(timing)));
    findings.put(
        "profile",
        "of %s, version %d, on %s: %s"
            .formatted(
                run.model(),
                run.modelVersion(),
                settings.dataset(),
                counted(measurement.images(), "image", "images")));
    if (settings.options().keepMatches()) {
      findings.put(
          "matches",
          "in %s; see seeql report %s"
              .formatted(EvaluateStatement.matchesOf(settings.target()), run.runId()));
    }
    if (measurement.unlabelled() > 0) {
      findings.put(
          "labels",
          "none for "
              + counted(
                  measurement.unlabelled(),
                  "image, which is excluded",
                  "images, which are excluded"));
    }
    unmatched().ifPresent(text -> findings.put("classes", text));
    return findings;
  }

  private String quality() {
    DetectionScores overall = measurement.overall();
    if (measurement.accuracy().isPresent()) {
      return format(
          "accuracy %.4f over %s, %s",
          measurement.accuracy().getAsDouble(),
          counted(measurement.images(), "image", "images"),
          counted(measurement.known().size(), "class", "classes"));
    }
    String confidence =
        BigDecimal.valueOf(settings.options().confidence()).stripTrailingZeros().toPlainString();
    if (isOfTags()) {
      return format(
          "mean F1 %s over %s; at confidence %s: precision %s, recall %s",
          figure(measurement.meanF1(), "no images show a class"),
          counted(measurement.known().size(), "class", "classes"),
          confidence,
          figure(overall.precision(), "no tags"),
          figure(overall.recall(), "no images show a class"));
    }
    return format(
        "mAP@0.5 %s, mAP@[.5:.95] %s over %s; at confidence %s: precision %s, recall %s",
        figure(overall.ap50(), "no objects"),
        figure(overall.ap(), "no objects"),
        meanClasses(),
        confidence,
        figure(overall.precision(), "no detections"),
        figure(overall.recall(), "no objects"));
  }

  /** The classes of the mean. A class without objects has no average precision. */
  private String meanClasses() {
    long classes = measurement.known().size();
    long objects = measurement.known().stream().filter(c -> c.scores().objects() > 0).count();
    return objects == 0 || objects == classes
        ? counted(classes, "class", "classes")
        : format("the %d of %d classes that have objects", objects, classes);
  }

  private static String figure(double value, String reasonForNone) {
    return Double.isNaN(value) ? "none (" + reasonForNone + ")" : format("%.4f", value);
  }

  private static String counted(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  private Optional<ModelTiming> best() {
    return timings.stream().min(Comparator.comparingDouble(ModelTiming::secondsPerImage));
  }

  private static String cost(ModelTiming timing) {
    return format(
        "%.2f ms per image with %s on %s, one call of %d at a time: prepare %.2f, model %.2f, postprocess %.2f",
        timing.secondsPerImage() * 1_000,
        timing.engine(),
        timing.device(),
        timing.batchSize(),
        timing.prepareSeconds() * 1_000,
        timing.modelSeconds() * 1_000,
        timing.postprocessSeconds() * 1_000);
  }

  private static String load(ModelTiming timing) {
    String memory =
        timing.memoryBytes().isPresent()
            ? format(", %.0f MiB", timing.memoryBytes().getAsLong() / MEBIBYTE)
            : "";
    return format("%.2f s", timing.loadSeconds()) + memory;
  }

  /** Classes that only the data set or only the model knows, with the most similar names. */
  private Optional<String> unmatched() {
    ClassMatching matching =
        ClassMatching.of(
            measurement.classes().stream().map(EvaluatedClass::name).toList(),
            model.description().coveredLabels());
    List<String> parts = new ArrayList<>();
    if (!matching.unknown().isEmpty()) {
      parts.add(
          "unknown to the data set: "
              + NearestNames.listed(matching.unknown())
              + (matching.missing().isEmpty() ? "" : nearest(matching)));
    }
    if (!matching.missing().isEmpty()) {
      parts.add("unknown to the model: " + NearestNames.listed(matching.missing()));
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
  }

  private static String nearest(ClassMatching matching) {
    String first = matching.unknown().get(0);
    return " (nearest to '%s': %s)"
        .formatted(first, NearestNames.nearestOf(first, matching.missing()));
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
