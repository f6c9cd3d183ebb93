package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.seeql.cli.report.Comparison.Difference;
import org.seeql.cli.report.Comparison.Measure;
import org.seeql.cli.report.Comparison.Pair;
import org.seeql.cli.report.EvaluationPage.Measures;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;

/** Compares two evaluations: as rows of classes, as rows of images, and as one HTML file. */
public final class ComparisonReport {
  private static final int DIGITS = 4;
  private static final int PICTURES = 16;

  private final Comparison comparison;
  private final Optional<String> withoutMatches;

  private ComparisonReport(Comparison comparison, Optional<String> withoutMatches) {
    this.comparison = requireNonNull(comparison, "comparison is null");
    this.withoutMatches = requireNonNull(withoutMatches, "withoutMatches is null");
  }

  /**
   * What is compared.
   *
   * @param first the id of a run, or the name of a model
   * @param second likewise
   * @param dataset the data set on which models are compared; if empty, the one they have in common
   * @param images the largest number of rows of images
   */
  public record Request(String first, String second, Optional<String> dataset, int images) {
    public Request {
      requireNonNull(first, "first is null");
      requireNonNull(second, "second is null");
      requireNonNull(dataset, "dataset is null");
    }
  }

  /** A table of rows; a value may be null. */
  public record Table(List<String> columns, List<List<Object>> rows) {
    public Table {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  /**
   * Compares two evaluations.
   *
   * @param page an HTML file to write; an existing file is replaced
   * @throws RefusalException if they cannot be compared, or the database or the file cannot be
   *     accessed
   */
  public static ComparisonReport of(
      DatabaseConnector database, Request request, Optional<Path> page) {
    DatabaseSession session;
    try {
      session = DatabaseSession.open(database);
    } catch (SQLException e) {
      throw DatabaseErrors.cannotConnect(database, e);
    }
    try (session) {
      SystemSchema.migrate(database);
      List<ComparedRuns.Evaluated> both =
          new ComparedRuns(session, request.dataset()).find(request.first(), request.second());
      ComparisonReader reader = new ComparisonReader(session, both.get(0), both.get(1));
      Comparison comparison = reader.read(Math.max(request.images(), PICTURES));
      if (page.isPresent()) {
        List<Difference> shown =
            comparison.images().map(Comparison.Differences::images).orElse(List.of());
        ComparisonView view =
            ComparisonView.of(
                comparison,
                reader.pictures(shown.subList(0, Math.min(PICTURES, shown.size()))),
                Instant.now(),
                ZoneId.systemDefault());
        RunReport.write(page.get(), new PageTemplate().html(view));
      }
      return new ComparisonReport(comparison, reader.withoutMatches());
    } catch (SQLException e) {
      throw DatabaseErrors.refused(
          "Cannot compare %s with %s".formatted(request.first(), request.second()), e);
    }
  }

  /** What is compared, and in what the two are not comparable. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        "a: %s (%s), b: %s (%s), on %s"
            .formatted(
                comparison.a().model(),
                comparison.a().runId(),
                comparison.b().model(),
                comparison.b().runId(),
                comparison.dataset()));
    notes.addAll(comparison.notes());
    comparison
        .images()
        .ifPresent(d -> notes.add("They differ on " + Wording.count(d.count(), "image") + "."));
    withoutMatches.ifPresent(
        run -> notes.add("Run %s kept no matches, so images are not compared.".formatted(run)));
    return notes;
  }

  /**
   * One row for each class and one for all classes: the measures of both, and the second minus the
   * first.
   */
  public Table classes() {
    List<String> columns = new ArrayList<>(List.of("class", "objects"));
    for (Measure measure : comparison.measures()) {
      columns.addAll(
          List.of(measure.name() + "_a", measure.name() + "_b", measure.name() + "_delta"));
    }
    List<List<Object>> rows = new ArrayList<>();
    comparison.classes().forEach(pair -> rows.add(row(pair)));
    rows.add(row(comparison.overall()));
    return new Table(columns, rows);
  }

  private List<Object> row(Pair<Measures> pair) {
    List<Object> row = new ArrayList<>(List.of(pair.any().name(), pair.any().objects()));
    for (Measure measure : comparison.measures()) {
      measure.values(pair).forEach(value -> row.add(rounded(value)));
    }
    return row;
  }

  private static BigDecimal rounded(OptionalDouble value) {
    return value.isPresent()
        ? BigDecimal.valueOf(value.getAsDouble()).setScale(DIGITS, RoundingMode.HALF_UP)
        : null;
  }

  /**
   * One row for each image on which the two differ, the greatest difference first.
   *
   * @throws RefusalException if one of the two kept no matches
   */
  public Table images(int most) {
    if (comparison.images().isEmpty()) {
      throw new RefusalException(
          "Cannot compare images: run %s kept no matches; run its statement again with keep_matches = true"
              .formatted(withoutMatches.orElseThrow()));
    }
    List<List<Object>> rows = new ArrayList<>();
    comparison.images().get().images().stream()
        .limit(most)
        .forEach(
            d ->
                rows.add(
                    Arrays.asList(
                        d.imageId(), d.fileName(), d.onlyA(), d.onlyB(), d.falseA(), d.falseB())));
    return new Table(
        List.of("image_id", "file_name", "only_a", "only_b", "false_a", "false_b"), rows);
  }
}
