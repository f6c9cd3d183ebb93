package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.cli.report.ComparedRuns.Evaluated;
import org.seeql.cli.report.Comparison.Difference;
import org.seeql.cli.report.Comparison.Differences;
import org.seeql.cli.report.Comparison.Pair;
import org.seeql.cli.report.EvaluationPage.Criteria;
import org.seeql.cli.report.EvaluationPage.MatchedPicture;
import org.seeql.cli.report.EvaluationPage.Measures;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.RunState;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.planner.statement.TableName;

/** Reads the measures and the matches of two evaluations. */
final class ComparisonReader {
  private final DatabaseSession session;
  private final Evaluated a;
  private final Evaluated b;

  ComparisonReader(DatabaseSession session, Evaluated a, Evaluated b) {
    this.session = requireNonNull(session, "session is null");
    this.a = requireNonNull(a, "a is null");
    this.b = requireNonNull(b, "b is null");
  }

  /**
   * Reads both evaluations.
   *
   * @param most the largest number of images
   */
  Comparison read(int most) throws SQLException {
    EvaluationReader first = new EvaluationReader(session, a.run(), RunState.SUCCEEDED);
    EvaluationReader second = new EvaluationReader(session, b.run(), RunState.SUCCEEDED);
    EvaluationPage pageA = measured(first.readMeasures(a.settings()), a);
    EvaluationPage pageB = measured(second.readMeasures(b.settings()), b);
    return new Comparison(
        a.side(),
        b.side(),
        a.settings().dataset(),
        pageA.criteria().task(),
        new Pair<>(pageA.overall(), pageB.overall()),
        pairs(pageA.classes(), pageB.classes()),
        differences(first, second, most),
        notes(pageA, pageB));
  }

  private static EvaluationPage measured(EvaluationPage page, Evaluated of) {
    if (page.overall().isEmpty()) {
      throw new RefusalException(
          "Cannot compare run %s: %s"
              .formatted(of.run().runId(), page.missing().orElse("it has no measures")));
    }
    return page;
  }

  private static List<Pair<Measures>> pairs(List<Measures> first, List<Measures> second) {
    Map<String, Pair<Measures>> pairs = new LinkedHashMap<>();
    first.forEach(c -> pairs.put(c.name(), new Pair<>(Optional.of(c), Optional.empty())));
    second.forEach(
        c ->
            pairs.merge(
                c.name(),
                new Pair<>(Optional.empty(), Optional.of(c)),
                (one, other) -> new Pair<>(one.a(), other.b())));
    return List.copyOf(pairs.values());
  }

  private List<String> notes(EvaluationPage first, EvaluationPage second) {
    List<String> notes = new ArrayList<>();
    String criteriaA = criteria(first.criteria());
    String criteriaB = criteria(second.criteria());
    if (!criteriaA.equals(criteriaB)) {
      notes.add(
          "Precision and recall are not comparable: %s has %s, %s has %s."
              .formatted(a.run().runId(), criteriaA, b.run().runId(), criteriaB));
    }
    long imagesA = first.overall().orElseThrow().images();
    long imagesB = second.overall().orElseThrow().images();
    if (imagesA != imagesB) {
      notes.add(
          "The evaluations are of different images: %s has %s, %s has %s."
              .formatted(
                  a.run().runId(),
                  Wording.count(imagesA, "image"),
                  b.run().runId(),
                  Wording.count(imagesB, "image")));
    }
    return notes;
  }

  /** The options on which the measures of the task depend. */
  private static String criteria(Criteria of) {
    return switch (of.task()) {
      case DETECT -> "confidence %s and match_iou %s".formatted(of.confidence(), of.matchIou());
      case TAG -> "confidence %s".formatted(of.confidence());
      case CLASSIFY -> "";
      case EMBED -> throw EvaluationView.vectors();
    };
  }

  private static TableName matches(Evaluated of) {
    return EvaluateStatement.matchesOf(of.settings().target());
  }

  /** The run without matches, if there is one. */
  Optional<String> withoutMatches() throws SQLException {
    for (Evaluated each : List.of(a, b)) {
      EvaluationReader reader = new EvaluationReader(session, each.run(), RunState.SUCCEEDED);
      if (!reader.hasRows(matches(each))) {
        return Optional.of(each.run().runId());
      }
    }
    return Optional.empty();
  }

  private Optional<Differences> differences(
      EvaluationReader first, EvaluationReader second, int most) throws SQLException {
    if (!first.hasRows(matches(a)) || !second.hasRows(matches(b))) {
      return Optional.empty();
    }
    String byImage =
        "SELECT i, MIN(f) AS f, SUM(fa > fb) AS only_a, SUM(fb > fa) AS only_b, SUM(wa) AS false_a,"
            + " SUM(wb) AS false_b FROM ("
            + byObject()
            + ") o GROUP BY i HAVING only_a + only_b > 0 OR false_a <> false_b";
    Object[] runs = {a.run().runId(), b.run().runId()};
    long count =
        session
            .findFirst(
                "SELECT COUNT(*) FROM (%s) d".formatted(byImage), row -> row.getLong(1), runs)
            .orElseThrow();
    List<Difference> images =
        session.query(
            "SELECT * FROM (%s) d".formatted(byImage)
                + " ORDER BY only_a + only_b + ABS(CAST(false_a AS SIGNED) - CAST(false_b AS"
                + " SIGNED)) DESC, i LIMIT "
                + most,
            row ->
                new Difference(
                    row.getString(1),
                    Optional.ofNullable(row.getString(2)).orElse(""),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6)),
            runs);
    return Optional.of(new Differences(images, count));
  }

  /**
   * One row for each object, and one for the false positives of an image. The objects of a tagger
   * are the classes of an image.
   */
  private String byObject() {
    return "SELECT i, MIN(file_name) AS f, MAX(side = 'a' AND found) AS fa, MAX(side = 'b' AND"
        + " found) AS fb, SUM(side = 'a' AND wrong) AS wa, SUM(side = 'b' AND wrong) AS wb FROM ("
        + rows('a', matches(a))
        + " UNION ALL "
        + rows('b', matches(b))
        + ") u GROUP BY i, IF(wrong, NULL, COALESCE(annotation_id, actual_class))";
  }

  private static String rows(char side, TableName table) {
    return "SELECT '%s' AS side, %s AS i, file_name, annotation_id, actual_class, outcome = 'true positive' AS found, outcome = 'false positive' AS wrong FROM %s%s"
        .formatted(side, WorstImagesReader.IMAGE, table.quoted(), MatchQueries.COUNTED);
  }

  /** The images as both evaluations see them; those that cannot be read are left out. */
  List<Comparison.PicturePair> pictures(List<Difference> images) throws SQLException {
    Map<String, String> files = new LinkedHashMap<>();
    images.forEach(image -> files.put(image.imageId(), image.fileName()));
    Map<String, MatchedPicture> first = pictures(a, files);
    Map<String, MatchedPicture> second = pictures(b, files);
    return images.stream()
        .filter(d -> first.containsKey(d.imageId()) && second.containsKey(d.imageId()))
        .map(d -> new Comparison.PicturePair(d, first.get(d.imageId()), second.get(d.imageId())))
        .toList();
  }

  private Map<String, MatchedPicture> pictures(Evaluated of, Map<String, String> files)
      throws SQLException {
    return new WorstImagesReader(session, matches(of), of.run()).read(files);
  }
}
