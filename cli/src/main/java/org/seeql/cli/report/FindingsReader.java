package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.cli.report.RunPage.ClassFindings;
import org.seeql.cli.report.RunPage.Findings;
import org.seeql.database.jdbc.DatabaseSession;

/** Counts the answers of a run by class and confidence. */
final class FindingsReader {

  /** Further classes are counted as one. */
  private static final int MAX_CLASSES = 1_000;

  /**
   * The SQL expression for the bin of a score. A FLOAT score of 0.95 is slightly less than 0.95, so
   * it is rounded into the bin that a reader expects.
   */
  static final String BIN =
      "GREATEST(0, LEAST(%1$d - 1, FLOOR(ROUND(score, 6) * %1$d)))".formatted(ClassFindings.BINS);

  static final String LABEL = "CONVERT(label USING utf8mb4) COLLATE utf8mb4_bin";

  private final DatabaseSession session;
  private final ResultView view;

  FindingsReader(DatabaseSession session, ResultView view) {
    this.session = requireNonNull(session, "session is null");
    this.view = requireNonNull(view, "view is null");
  }

  private record Cell(String label, int bin, long count) {}

  Findings read() throws SQLException {
    List<Cell> cells =
        session.query(
            "SELECT %s AS l, %s AS b, COUNT(*) FROM (%s) answers WHERE label IS NOT NULL"
                    .formatted(LABEL, BIN, view.sql())
                + " AND score IS NOT NULL GROUP BY l, b",
            row -> new Cell(row.getString(1), row.getInt(2), row.getLong(3)),
            view.parameters().toArray());
    long images =
        session
            .findFirst(
                "SELECT COUNT(DISTINCT image) FROM (%s) answers WHERE label IS NOT NULL"
                    .formatted(view.sql()),
                row -> row.getLong(1),
                view.parameters().toArray())
            .orElseThrow();
    return new Findings(view.answer(), classes(cells), images, Optional.empty());
  }

  private static List<ClassFindings> classes(List<Cell> cells) {
    Map<String, List<Long>> bins = new LinkedHashMap<>();
    for (Cell cell : cells) {
      bins.computeIfAbsent(
              cell.label, label -> new ArrayList<>(Collections.nCopies(ClassFindings.BINS, 0L)))
          .set(cell.bin, cell.count);
    }
    List<ClassFindings> classes = new ArrayList<>();
    bins.forEach((label, counts) -> classes.add(new ClassFindings(label, counts)));
    classes.sort(
        Comparator.comparingLong(ClassFindings::count)
            .reversed()
            .thenComparing(ClassFindings::label));
    return withRestAsOne(classes);
  }

  private static List<ClassFindings> withRestAsOne(List<ClassFindings> classes) {
    if (classes.size() <= MAX_CLASSES) {
      return classes;
    }
    List<ClassFindings> rest = classes.subList(MAX_CLASSES, classes.size());
    List<Long> sums = new ArrayList<>();
    for (int bin = 0; bin < ClassFindings.BINS; bin++) {
      int b = bin;
      sums.add(rest.stream().mapToLong(c -> c.bins().get(b)).sum());
    }
    List<ClassFindings> all = new ArrayList<>(classes.subList(0, MAX_CLASSES));
    all.add(new ClassFindings(Wording.count(rest.size()) + " other classes", sums));
    return all;
  }
}
