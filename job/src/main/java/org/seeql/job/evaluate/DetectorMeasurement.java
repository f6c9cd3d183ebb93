package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.evaluate.MatchWriter.Side;
import org.seeql.job.inference.PackedPrediction;
import org.seeql.job.inference.ResultLayouts;
import org.seeql.planner.plan.EvaluationOptions;
import org.seeql.udf.evaluate.ClassMatching;
import org.seeql.udf.evaluate.DetectionEvaluation;
import org.seeql.udf.evaluate.EvaluatedClass;
import org.seeql.udf.evaluate.ImageObjects;
import org.seeql.udf.evaluate.Measurement;
import org.seeql.udf.evaluate.ObjectMatch;
import org.seeql.udf.evaluate.PresenceCounts;
import org.seeql.udf.evaluate.PresenceSampler;
import org.seeql.udf.evaluate.PresenceTally;
import org.seeql.udf.model.ModelDescription;

/**
 * Compares a detector's answers with the annotations, image by image. Merges two queries in the
 * order of the image ids, and keeps only the counts of an image. An image without annotations shows
 * no objects. For one evaluation and one thread.
 */
final class DetectorMeasurement {
  private final float confidence;
  private final ClassMatching matching;
  private final int[] numberOfLabel;
  private final Map<Long, Integer> numberOfCategory = new HashMap<>();
  private final DetectionEvaluation evaluation;
  private final PresenceTally tally;
  private final PresenceSampler sampler;

  private final ImageObjects labelled = new ImageObjects();
  private final ImageObjects found = new ImageObjects();
  private final BitSet shown = new BitSet();
  private final BitSet answered = new BitSet();
  private final float[] scores;
  private final List<Long> annotations = new ArrayList<>();
  private final Optional<MatchWriter> matches;

  private DetectorMeasurement(
      EvaluationOptions options,
      Map<Long, String> categories,
      ModelDescription model,
      Optional<MatchWriter> matches) {
    this.matches = requireNonNull(matches, "matches is null");
    this.matching = ClassMatching.of(categories.values(), model.coveredLabels());
    this.numberOfLabel = matching.numbers(model.labels());
    categories.forEach(
        (id, name) -> numberOfCategory.put(id, matching.numberOf(name).orElseThrow()));
    int classes = matching.classes().size();
    // Scores are floats; a run also compares them with the threshold as a float
    this.confidence = (float) options.confidence();
    this.evaluation = new DetectionEvaluation(classes, confidence, options.matchIou());
    this.tally = new PresenceTally(classes);
    this.scores = new float[classes];
    this.sampler = new PresenceSampler(PresenceSampler.MAX_IMAGES);
  }

  /**
   * Measures the detector.
   *
   * @param answers the packed predictions
   * @param database the database that contains the labels
   * @param matches receives the outcome of each detection and each object
   */
  static Measurement of(
      DatabaseConnector connector,
      AnswerTable answers,
      String database,
      EvaluationOptions options,
      ModelDescription model,
      Optional<MatchWriter> matches)
      throws SQLException {
    LabelTables tables;
    Map<Long, String> categories;
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      tables = LabelTables.require(session, database, LabelTables.Boxes.REQUIRED);
      categories = tables.categories(session);
    }
    DetectorMeasurement measurement = new DetectorMeasurement(options, categories, model, matches);
    String id = ResultLayouts.PACKED_ID;
    try (ImageStream images =
            ImageStream.open(
                connector,
                matches.isPresent()
                    ? answers.queryWithPaths(ResultLayouts.PACKED)
                    : answers.query(ResultLayouts.PACKED));
        ImageStream labels = ImageStream.open(connector, tables.query(answers.name(), id))) {
      measurement.read(images, labels);
    }
    return measurement.result();
  }

  private void read(ImageStream images, ImageStream labels) throws SQLException {
    boolean more = labels.next();
    while (images.next()) {
      String image = images.row().getString(1);
      clear();
      while (more && labels.row().getString(1).equals(image)) {
        addLabel(labels.row());
        more = labels.next();
      }
      PackedPrediction.read(images.row().getBytes(2), this::addAnswer);
      if (matches.isPresent()) {
        explain(matches.get(), images.row());
      } else {
        evaluation.add(labelled, found);
      }
      tally.add(shown, answered);
      sampler.add(image, shown, answered, scores);
    }
    if (more) {
      throw new IllegalStateException(
          "the annotations of image %s are not in the order of the images"
              .formatted(labels.row().getString(1)));
    }
  }

  /** Adds an image to the evaluation, and writes its matches. */
  private void explain(MatchWriter writer, ResultSet image) throws SQLException {
    writer.begin(image.getObject(1), image.getObject(ResultLayouts.PACKED_PATH));
    for (ObjectMatch match : evaluation.addAndExplain(labelled, found)) {
      OptionalInt detection = match.detection();
      writer.write(
          match,
          detection.isPresent() ? detection(detection.getAsInt()) : Side.NONE,
          match.object().isPresent() ? object(match.object().getAsInt()) : Side.NONE,
          detection.isPresent() ? found.score(detection.getAsInt()) : Double.NaN);
    }
  }

  private Side detection(int index) {
    return Side.ofDetection(matching.classes().get(found.classId(index)), found, index);
  }

  private Side object(int index) {
    String name = matching.classes().get(labelled.classId(index));
    return Side.ofObject(name, annotations.get(index), labelled, index);
  }

  private void clear() {
    labelled.clear();
    annotations.clear();
    found.clear();
    shown.clear();
    answered.clear();
    Arrays.fill(scores, 0);
  }

  private void addLabel(ResultSet row) throws SQLException {
    Integer number = numberOfCategory.get(row.getLong(2));
    if (number == null) {
      return; // the category is missing from the categories table
    }
    double width = row.getDouble(5);
    double height = row.getDouble(6);
    double area = row.getDouble(7);
    if (row.wasNull()) {
      area = width * height;
    }
    double x = row.getDouble(3);
    double y = row.getDouble(4);
    if (row.getBoolean(8)) {
      labelled.addCrowd(number, x, y, width, height, area);
    } else {
      labelled.addLabelled(number, x, y, width, height, area);
    }
    shown.set(number);
    // Without ids, the number of the annotation in the image
    annotations.add(
        row.getObject(9) instanceof Number id ? id.longValue() : (long) labelled.size());
  }

  private void addAnswer(int classId, float score, float xMin, float yMin, float xMax, float yMax) {
    int number = classId >= 0 && classId < numberOfLabel.length ? numberOfLabel[classId] : -1;
    if (number < 0) {
      return;
    }
    found.addDetection(number, xMin, yMin, (double) xMax - xMin, (double) yMax - yMin, score);
    scores[number] = Math.max(scores[number], score);
    if (score >= confidence) {
      answered.set(number);
    }
  }

  private Measurement result() {
    List<PresenceCounts> counts = tally.counts();
    return new Measurement(
        tally.images(),
        0,
        IntStream.range(0, matching.classes().size())
            .mapToObj(
                c ->
                    new EvaluatedClass(
                        matching.classes().get(c),
                        matching.labels().get(c),
                        counts.get(c),
                        evaluation.of(c)))
            .toList(),
        OptionalDouble.empty(),
        sampler.images());
  }
}
