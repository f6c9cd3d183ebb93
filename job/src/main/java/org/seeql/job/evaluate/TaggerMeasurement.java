package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
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
import org.seeql.udf.evaluate.DetectionScores;
import org.seeql.udf.evaluate.EvaluatedClass;
import org.seeql.udf.evaluate.Measurement;
import org.seeql.udf.evaluate.ObjectMatch;
import org.seeql.udf.evaluate.ObjectMatch.Outcome;
import org.seeql.udf.evaluate.PresenceCounts;
import org.seeql.udf.evaluate.PresenceSampler;
import org.seeql.udf.evaluate.PresenceTally;
import org.seeql.udf.model.ModelDescription;

/**
 * Compares a tagger's answers with the annotations, image by image: an image shows the classes of
 * its annotations, and the model answers yes to the classes that reach the minimum score. Merges
 * two queries in the order of the image ids. For one evaluation and one thread.
 */
final class TaggerMeasurement {
  private final float confidence;
  private final ClassMatching matching;
  private final int[] numberOfLabel;
  private final Map<Long, Integer> numberOfCategory = new HashMap<>();
  private final PresenceTally tally;
  private final PresenceSampler sampler = new PresenceSampler(PresenceSampler.MAX_IMAGES);
  private final BitSet shown = new BitSet();
  private final BitSet answered = new BitSet();
  private final float[] scores;
  private final BitSet scored = new BitSet();
  private final Optional<MatchWriter> matches;

  private TaggerMeasurement(
      EvaluationOptions options,
      Map<Long, String> categories,
      ModelDescription model,
      Optional<MatchWriter> matches) {
    this.matches = requireNonNull(matches, "matches is null");
    this.matching = ClassMatching.of(categories.values(), model.coveredLabels());
    this.numberOfLabel = matching.numbers(model.labels());
    categories.forEach(
        (id, name) -> numberOfCategory.put(id, matching.numberOf(name).orElseThrow()));
    // scores are floats; a run also compares them with the threshold as a float
    this.confidence = (float) options.confidence();
    this.tally = new PresenceTally(matching.classes().size());
    this.scores = new float[matching.classes().size()];
  }

  /**
   * Measures the tagger.
   *
   * @param answers the packed predictions
   * @param database the database that contains the labels
   * @param matches receives the outcome of each class of each image
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
      tables = LabelTables.require(session, database, LabelTables.Boxes.OPTIONAL);
      categories = tables.categories(session);
    }
    TaggerMeasurement measurement = new TaggerMeasurement(options, categories, model, matches);
    String id = ResultLayouts.PACKED_ID;
    try (ImageStream images =
            ImageStream.open(
                connector,
                matches.isPresent()
                    ? answers.queryWithPaths(ResultLayouts.PACKED)
                    : answers.query(ResultLayouts.PACKED));
        ImageStream labels = ImageStream.open(connector, tables.classQuery(answers.name(), id))) {
      measurement.read(images, labels);
    }
    return measurement.result();
  }

  private void read(ImageStream images, ImageStream labels) throws SQLException {
    boolean more = labels.next();
    while (images.next()) {
      String image = images.row().getString(1);
      shown.clear();
      answered.clear();
      scored.clear();
      Arrays.fill(scores, 0);
      while (more && labels.row().getString(1).equals(image)) {
        addLabel(labels.row());
        more = labels.next();
      }
      PackedPrediction.read(
          images.row().getBytes(2), (id, score, xMin, yMin, xMax, yMax) -> addAnswer(id, score));
      tally.add(shown, answered);
      sampler.add(image, shown, answered, scores);
      if (matches.isPresent()) {
        explain(matches.get(), images.row());
      }
    }
    if (more) {
      throw new IllegalStateException(
          "the annotations of image %s are not in the order of the images"
              .formatted(labels.row().getString(1)));
    }
  }

  private void addLabel(ResultSet row) throws SQLException {
    Integer number = numberOfCategory.get(row.getLong(2));
    if (number != null) {
      shown.set(number);
    }
  }

  private void addAnswer(int classId, float score) {
    int number = classId >= 0 && classId < numberOfLabel.length ? numberOfLabel[classId] : -1;
    if (number < 0) {
      return;
    }
    scores[number] = Math.max(scores[number], score);
    scored.set(number);
    if (score >= confidence) {
      answered.set(number);
    }
  }

  /** Writes each answer for an image, and each class of the image that was missed. */
  private void explain(MatchWriter writer, ResultSet image) throws SQLException {
    writer.begin(image.getObject(1), image.getObject(ResultLayouts.PACKED_PATH));
    for (int number : scored.stream().toArray()) {
      boolean isRight = shown.get(number);
      writer.write(
          match(isRight ? Outcome.TRUE_POSITIVE : Outcome.FALSE_POSITIVE, answered.get(number)),
          side(number),
          isRight ? side(number) : Side.NONE,
          scores[number]);
    }
    for (int number : shown.stream().toArray()) {
      if (!answered.get(number)) {
        writer.write(match(Outcome.MISSED, true), Side.NONE, side(number), Double.NaN);
      }
    }
  }

  private Side side(int number) {
    return Side.ofImage(matching.classes().get(number));
  }

  private static ObjectMatch match(Outcome outcome, boolean isCounted) {
    OptionalInt whole = OptionalInt.of(0);
    boolean isWrong = outcome == Outcome.FALSE_POSITIVE;
    return new ObjectMatch(
        outcome == Outcome.MISSED ? OptionalInt.empty() : whole,
        isWrong ? OptionalInt.empty() : whole,
        outcome,
        isWrong ? Optional.of(ObjectMatch.Cause.BACKGROUND) : Optional.empty(),
        Double.NaN,
        isCounted);
  }

  private Measurement result() {
    List<PresenceCounts> counts = tally.counts();
    return new Measurement(
        tally.images(),
        0,
        IntStream.range(0, matching.classes().size()).mapToObj(c -> of(c, counts.get(c))).toList(),
        OptionalDouble.empty(),
        sampler.images());
  }

  private EvaluatedClass of(int number, PresenceCounts counts) {
    return new EvaluatedClass(
        matching.classes().get(number),
        matching.labels().get(number),
        counts,
        DetectionScores.ofImages(counts));
  }
}
