package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.planner.statement.TableName;

/**
 * The images of a run, stored once. LIMIT, ORDER BY and joins therefore have their usual meaning,
 * and all tasks and resumed runs see the same rows.
 */
public final class Selection {
  /** The number of a row, from 1, in the order of the SELECT. */
  public static final String ROW = "seeql_row";

  /** The prefix of selection table names. */
  static final String PREFIX = "selection_";

  // column() maps a matching name to another matching name, so that no two columns get the same
  // name.
  private static final Pattern LIKE_ROW =
      Pattern.compile(ROW + "( \\(selected\\))*", Pattern.CASE_INSENSITIVE);

  private Selection() {}

  public static TableName table(String runId) {
    return TableName.of(SystemSchema.DATABASE, PREFIX + requireNonNull(runId));
  }

  /**
   * Writes the rows of the user's SELECT into the selection's table.
   *
   * @param session the session of the user's other statements, whose database and temporary tables
   *     apply
   * @param needed the columns to keep; all columns are kept if wrapping the SELECT could lose its
   *     order
   */
  public static void create(
      DatabaseSession session, String runId, String select, List<String> needed)
      throws SQLException {
    List<String> labels = SelectColumns.of(session, select).labels();
    if (!labels.stream().allMatch(label -> column(label).equals(label))) {
      createFromTemporary(session, runId, select, labels, needed);
      return;
    }
    String query = select;
    if (!SelectText.parse(session, select).isOrdered()) {
      // The user's text may end with a comment to the end of the line.
      query = "SELECT " + columns(needed) + " FROM (" + select + "\n) AS seeql_selected";
    }
    try (SelectMaterializer materializer = SelectMaterializer.begin(session)) {
      materializer.create(table(runId), ROW, query);
    }
  }

  // In one step, the database would use a column of the SELECT as the number that it must generate.
  private static void createFromTemporary(
      DatabaseSession session,
      String runId,
      String select,
      List<String> labels,
      List<String> needed)
      throws SQLException {
    TableName all = TableName.of(SystemSchema.DATABASE, "selected_" + runId);
    String number = freeName(labels);
    try (SelectMaterializer materializer = SelectMaterializer.begin(session)) {
      materializer.createTemporary(all, number, select);
      materializer.create(
          table(runId),
          ROW,
          "SELECT %s FROM %s ORDER BY %s".formatted(columns(needed), all.quoted(), number));
    } finally {
      dropTemporary(session, all);
    }
  }

  private static String columns(List<String> needed) {
    return needed.stream()
        .distinct()
        .map(name -> TableName.quote(name) + " AS " + TableName.quote(column(name)))
        .collect(Collectors.joining(", "));
  }

  /**
   * The name of a SELECT's column in the selection's table. It is unchanged unless it conflicts
   * with {@link #ROW}.
   */
  public static String column(String label) {
    return LIKE_ROW.matcher(label).matches() ? label + " (selected)" : label;
  }

  private static String freeName(List<String> labels) {
    String name = ROW;
    for (int i = 2; isTaken(name, labels); i++) {
      name = ROW + "_" + i;
    }
    return name;
  }

  private static boolean isTaken(String name, List<String> labels) {
    return labels.stream().anyMatch(name::equalsIgnoreCase);
  }

  /**
   * The number of images of a SELECT, and how many of them were left out.
   *
   * @param images images to be inferred
   * @param leftOut images that the target already had
   * @param skipped images that had failed too often before
   */
  public record Sizes(long images, long leftOut, long skipped) {
    /** All images of the SELECT. */
    public long selected() {
      return images + leftOut + skipped;
    }
  }

  /**
   * The row counts of a SELECT.
   *
   * @param rows all rows
   * @param skipped images that had failed too often before
   */
  public record Selected(long rows, long skipped) {}

  /**
   * Runs the user's SELECT and keeps the images that are neither in a set nor skipped, in the order
   * of the SELECT.
   *
   * @param session the session of the user's other statements; an open transaction in it may not
   *     see the set's own row
   */
  public static Selected createNew(
      DatabaseSession session,
      String runId,
      String select,
      ResultLayout layout,
      long set,
      FailedImages.SkipRule rule)
      throws SQLException {
    TableName all = TableName.of(SystemSchema.DATABASE, "selected_" + runId);
    String number = freeName(SelectColumns.of(session, select).labels());
    // The SELECT is counted and filtered from one result, because a second execution might give
    // other rows.
    try (SelectMaterializer materializer = SelectMaterializer.begin(session)) {
      materializer.createTemporary(all, number, select);
      long selected =
          session
              .findFirst("SELECT COUNT(*) FROM " + all.quoted(), row -> row.getLong(1))
              .orElseThrow();
      long skipped = FailedImages.remove(session, all.quoted(), number, layout, set, rule);
      materializer.create(
          table(runId),
          ROW,
          "SELECT %s FROM %s AS s WHERE %s ORDER BY s.%s"
              .formatted(
                  columns(layout.neededColumns()),
                  all.quoted(),
                  CompletedImages.notIn(set, "s", layout),
                  number));
      return new Selected(selected, skipped);
    } finally {
      dropTemporary(session, all);
    }
  }

  private static void dropTemporary(DatabaseSession session, TableName table) throws SQLException {
    session.execute("DROP TEMPORARY TABLE IF EXISTS " + table.quoted());
  }

  /**
   * Checks whether the rows of a SELECT can be written into a table, without executing the SELECT.
   *
   * @throws SQLException if the database rejects it
   */
  public static void requireStorable(DatabaseSession session, String select, List<String> needed)
      throws SQLException {
    TableName none = TableName.of(SystemSchema.DATABASE, "selected_none");
    String query = SelectText.parse(session, select).isOrdered() ? "*" : columns(needed);
    String number = freeName(SelectColumns.of(session, select).labels());
    try (SelectMaterializer materializer = SelectMaterializer.begin(session)) {
      materializer.createEmpty(
          none, number, "SELECT %s FROM (%s\n) AS seeql_selected".formatted(query, select));
    } finally {
      dropTemporary(session, none);
    }
  }

  /** Counts the images of a SELECT that are not in a set. */
  public static long countNew(DatabaseSession session, String select, ResultLayout layout, long set)
      throws SQLException {
    return session
        .findFirst(
            "SELECT COUNT(*) FROM (%s\n) AS s WHERE %s"
                .formatted(select, CompletedImages.notIn(set, "s", layout)),
            row -> row.getLong(1))
        .orElseThrow();
  }

  /**
   * Counts the images of a run.
   *
   * @param session not the user's session: with autocommit off, it would prevent the table from
   *     being dropped
   */
  public static long count(DatabaseSession session, String runId) throws SQLException {
    return session
        .findFirst(
            "SELECT COUNT(*), COALESCE(MAX(" + ROW + "), 0) FROM " + table(runId).quoted(),
            row -> {
              if (row.getLong(1) != row.getLong(2)) {
                throw new IllegalStateException(
                    "the selection's %d rows are numbered up to %d"
                        .formatted(row.getLong(1), row.getLong(2)));
              }
              return row.getLong(1);
            })
        .orElseThrow();
  }

  public static void drop(DatabaseSession session, String runId) throws SQLException {
    session.execute("DROP TABLE IF EXISTS " + table(runId).quoted());
  }
}
