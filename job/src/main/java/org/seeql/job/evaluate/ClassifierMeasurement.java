package org.seeql.job.evaluate;

import static java.util.Objects.requireNonNull;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.evaluate.MatchWriter.Side;
import org.seeql.job.inference.PackedPrediction;
import org.seeql.job.inference.ResultLayouts;
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
 * Compares a classifier's best answer with the column of correct labels. An image shows only the
 * class of its label. The model answers yes only to its top class. For one evaluation and one
 * thread.
 */
final class ClassifierMeasurement {
  private final ClassMatching matching;
  private final int[] numberOfLabel;
  private final PresenceTally tally;
  private final PresenceSampler sampler = new PresenceSampler(PresenceSampler.MAX_IMAGES);
  private final BitSet shown = new BitSet();
  private final BitSet answered = new BitSet();
  private final float[] scores;
  private final Optional<MatchWriter> matches;
  private long right;
  private long unlabelled;

  private ClassifierMeasurement(
      ClassMatching matching, ModelDescription model, Optional<MatchWriter> matches) {
    this.matches = requireNonNull(matches, "matches is null");
    this.matching = matching;
    this.numberOfLabel = matching.numbers(model.labels());
    this.tally = new PresenceTally(matching.classes().size());
    this.scores = new float[matching.classes().size()];
  }

  /**
   * Measures the classifier.
   *
   * @param answers the packed predictions
   * @param matches receives the outcome of each image
   */
  static Measurement of(
      DatabaseConnector connector,
      AnswerTable answers,
      ModelDescription model,
      Optional<MatchWriter> matches)
      throws SQLException {
    // Exact comparison: another collation may treat two spellings as equal
    String label =
        "CONVERT(%s USING utf8mb4) COLLATE utf8mb4_bin".formatted(ResultLayouts.PACKED_LABEL);
    List<String> classes;
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      classes =
          session.query(
              "SELECT DISTINCT %s FROM %s WHERE %s IS NOT NULL ORDER BY 1"
                  .formatted(label, answers.name().quoted(), ResultLayouts.PACKED_LABEL),
              row -> row.getString(1));
    }
    ClassifierMeasurement measurement =
        new ClassifierMeasurement(ClassMatching.of(classes, model.coveredLabels()), model, matches);
    String columns =
        "%s AS %s, %s".formatted(label, ResultLayouts.PACKED_LABEL, ResultLayouts.PACKED);
    try (ImageStream images =
        ImageStream.open(
            connector,
            matches.isPresent() ? answers.queryWithPaths(columns) : answers.query(columns))) {
      while (images.next()) {
        measurement.read(images.row());
      }
    }
    return measurement.result();
  }

  private void read(ResultSet row) throws SQLException {
    String label = row.getString(2);
    OptionalInt number = label == null ? OptionalInt.empty() : matching.numberOf(label);
    if (number.isEmpty()) {
      unlabelled++;
      return;
    }
    shown.clear();
    shown.set(number.getAsInt());
    answered.clear();
    Arrays.fill(scores, 0);
    PackedPrediction.read(
        row.getBytes(3),
        (classId, score, xMin, yMin, xMax, yMax) -> {
          int known = classId < numberOfLabel.length ? numberOfLabel[classId] : -1;
          if (known >= 0) {
            scores[known] = Math.max(scores[known], score);
            if (answered.isEmpty()) {
              answered.set(known);
            }
          }
        });
    right += answered.equals(shown) ? 1 : 0;
    tally.add(shown, answered);
    sampler.add(row.getString(1), shown, answered, scores);
    if (matches.isPresent()) {
      explain(matches.get(), row, number.getAsInt());
    }
  }

  /** Writes the answer for an image and, if it is wrong or missing, that its label was missed. */
  private void explain(MatchWriter writer, ResultSet image, int label) throws SQLException {
    writer.begin(image.getObject(1), image.getObject(ResultLayouts.PACKED_PATH));
    Side actual = Side.ofImage(matching.classes().get(label));
    OptionalInt answer = answered.stream().findFirst();
    boolean isRight = answered.equals(shown);
    if (answer.isPresent()) {
      ObjectMatch match =
          isRight
              ? match(Outcome.TRUE_POSITIVE, Optional.empty())
              : match(Outcome.FALSE_POSITIVE, Optional.of(ObjectMatch.Cause.WRONG_CLASS));
      writer.write(
          match,
          Side.ofImage(matching.classes().get(answer.getAsInt())),
          actual,
          scores[answer.getAsInt()]);
    }
    if (!isRight) {
      writer.write(match(Outcome.MISSED, Optional.empty()), Side.NONE, actual, Double.NaN);
    }
  }

  private static ObjectMatch match(Outcome outcome, Optional<ObjectMatch.Cause> cause) {
    OptionalInt whole = OptionalInt.of(0);
    return new ObjectMatch(
        outcome == Outcome.MISSED ? OptionalInt.empty() : whole,
        whole,
        outcome,
        cause,
        Double.NaN,
        true);
  }

  private Measurement result() {
    List<PresenceCounts> counts = tally.counts();
    return new Measurement(
        tally.images(),
        unlabelled,
        IntStream.range(0, matching.classes().size()).mapToObj(c -> of(c, counts.get(c))).toList(),
        OptionalDouble.of(right / (double) tally.images()),
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
