package org.seeql.job.train;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.seeql.job.evaluate.ModelTiming;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.plan.Estimator;
import org.seeql.planner.statement.TableName;
import org.seeql.udf.evaluate.Measurement;
import org.seeql.udf.evaluate.PresenceCounts;
import org.seeql.udf.evaluate.WilsonInterval;
import org.seeql.udf.train.HeadFit;
import org.seeql.udf.train.ImageSplit.Part;

/** The result of a training: text, a summary table, and what {@code trainings} stores. */
public final class TrainingReport {
  private static final int DIGITS = 4;

  private final TrainingSettings settings;
  private final FeatureModel features;
  private final TrainingImages images;
  private final HeadFit.Fitted fitted;
  private final Holdout holdout;
  private final List<ModelTiming> timings;

  TrainingReport(
      TrainingSettings settings,
      FeatureModel features,
      TrainingImages images,
      HeadFit.Fitted fitted,
      Holdout holdout,
      List<ModelTiming> timings) {
    this.settings = settings;
    this.features = features;
    this.images = images;
    this.fitted = fitted;
    this.holdout = holdout;
    this.timings = List.copyOf(timings);
  }

  List<ModelTiming> timings() {
    return timings;
  }

  /** The columns of the summary table. */
  public List<String> shownColumns() {
    return List.of(
        "class",
        "training",
        "validation",
        "holdout",
        "precision",
        "recall",
        "f1",
        "f1_low",
        "f1_high");
  }

  /** The summary table: one row per class. */
  public List<List<Object>> shownRows() {
    List<PresenceCounts> counts = holdout.counts();
    List<List<Object>> rows = new ArrayList<>();
    for (int c = 0; c < counts.size(); c++) {
      PresenceCounts of = counts.get(c);
      WilsonInterval f1 = WilsonInterval.ofF1(of);
      rows.add(
          Arrays.asList(
              settings.classes().get(c),
              images.count(Part.TRAINING, c),
              images.count(Part.VALIDATION, c),
              of.shown(),
              rounded(of.precision()),
              rounded(of.truePositiveRate()),
              rounded(of.f1()),
              rounded(f1.low()),
              rounded(f1.high())));
    }
    return rows;
  }

  private static BigDecimal rounded(double figure) {
    return Double.isNaN(figure)
        ? null
        : BigDecimal.valueOf(figure).setScale(DIGITS, RoundingMode.HALF_UP);
  }

  /** The findings: a label for each line, in order. */
  public Map<String, String> findings(RegisteredModel trained) {
    Map<String, String> findings = new LinkedHashMap<>();
    findings.put(
        "trained",
        "%s, version %d: %s, %d classes; see SHOW TRAIN %s"
            .formatted(
                trained.description().name(),
                trained.version(),
                trained.task(),
                settings.classes().size(),
                written(trained.description().name())));
    findings.put("quality", quality());
    findings.put(
        "layer",
        "%s of %s, version %d: %d features"
            .formatted(
                features.cut().layer(),
                features.backbone().description().name(),
                features.backbone().version(),
                features.cut().features()));
    findings.put(
        "images",
        "%d for training, %d for validation, %d held out"
            .formatted(
                images.of(Part.TRAINING).size(),
                images.of(Part.VALIDATION).size(),
                images.of(Part.HOLDOUT).size()));
    findings.put(
        "fit",
        format(
            "regularisation %s, the best of %d; temperature %.3f",
            decimal(fitted.lambda()), fitted.steps().size(), fitted.temperature()));
    timings.stream()
        .min(Comparator.comparingDouble(ModelTiming::secondsPerImage))
        .ifPresent(
            t ->
                findings.put(
                    "cost",
                    format(
                        "%.2f ms per image with %s on %s, one call of %d at a time",
                        t.secondsPerImage() * 1_000, t.engine(), t.device(), t.batchSize())));
    findings.put(
        "profile",
        "of %s, version %d, on %s: %d images"
            .formatted(
                trained.description().name(),
                trained.version(),
                settings.options().dataset().orElseThrow(),
                holdout.images()));
    return findings;
  }

  private static String written(String name) {
    return name.matches("\\w+") ? name : TableName.quote(name);
  }

  private String quality() {
    if (settings.options().estimator() == Estimator.CLASSIFIER) {
      WilsonInterval interval = WilsonInterval.of(holdout.right(), holdout.images());
      return format(
          "accuracy %.4f on the holdout (95 %% confidence: %.4f to %.4f); the most frequent class alone: %.4f",
          holdout.right() / (double) holdout.images(), interval.low(), interval.high(), baseline());
    }
    Measurement measurement = holdout.measurement();
    PresenceCounts all = measurement.overallPresence();
    long pairs = all.images();
    long right = all.truePositives() + all.trueNegatives();
    WilsonInterval interval = WilsonInterval.of(right, pairs);
    return format(
        "mean F1 %s on the holdout; of %d pairs of image and class, %.4f are right (95 %% confidence: %.4f to %.4f); the more frequent answers alone: %.4f",
        Double.isNaN(measurement.meanF1()) ? "undefined" : format("%.4f", measurement.meanF1()),
        pairs,
        right / (double) pairs,
        interval.low(),
        interval.high(),
        baseline());
  }

  /** The share of right answers on the holdout of a model that knows only the frequencies. */
  double baseline() {
    List<PresenceCounts> counts = holdout.counts();
    long images = holdout.images();
    long of = (long) this.images.of(Part.TRAINING).size() + this.images.of(Part.VALIDATION).size();
    if (settings.options().estimator() == Estimator.CLASSIFIER) {
      int most =
          IntStream.range(0, counts.size())
              .boxed()
              .max(Comparator.comparingLong(this::known))
              .orElseThrow();
      return counts.get(most).shown() / (double) images;
    }
    double right = 0;
    for (int c = 0; c < counts.size(); c++) {
      boolean yes = 2 * known(c) > of;
      right += yes ? counts.get(c).shown() : images - counts.get(c).shown();
    }
    return right / (images * (double) counts.size());
  }

  private long known(int number) {
    return images.count(Part.TRAINING, number) + images.count(Part.VALIDATION, number);
  }

  /** The document that {@code trainings} stores. */
  Map<String, Object> document(Map<String, String> findings, Map<String, Double> seconds) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("findings", findings);
    document.put("columns", shownColumns());
    document.put("classes", shownRows());
    document.put("layer", features.cut().layer());
    document.put("features", features.cut().features());
    document.put(
        "steps",
        fitted.steps().stream()
            .map(
                step ->
                    Map.of(
                        "lambda", step.lambda(),
                        "training_loss", step.trainingLoss(),
                        "validation_loss", step.validationLoss(),
                        "validation_accuracy", step.validationAccuracy()))
            .toList());
    document.put("lambda", fitted.lambda());
    document.put("temperature", fitted.temperature());
    document.put("baseline", baseline());
    if (settings.options().estimator() == Estimator.CLASSIFIER) {
      document.put("confusion", holdout.confusion());
    }
    document.put("mistakes", holdout.worst());
    document.put("seconds", seconds);
    return document;
  }

  static String decimal(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
