package org.seeql.job.jdbc;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.seeql.planner.statement.TableName;

/**
 * The images of a run, written down once: so LIMIT, ORDER BY and joins mean what they say, every
 * task sees the same rows, and so does a run that is resumed.
 */
public final class Selection {
  /** Number of a row, from 1, in the order of the SELECT. */
  public static final String ROW = "seeql_row";

  /** What the names of selections begin with. */
  static final String PREFIX = "selection_";

  // what column() makes of such a name is such a name again, so that no two columns get the same
  private static final Pattern LIKE_ROW =
      Pattern.compile(ROW + "( \\(selected\\))*", Pattern.CASE_INSENSITIVE);

  private Selection() {}

  public static TableName table(String runId) {
    return TableName.of(SystemSchema.DATABASE, PREFIX + requireNonNull(runId));
  }

  /**
   * Runs the user's SELECT into the selection's table.
   *
   * @param session the one that the user's other statements run in: its database and its temporary
   *     tables count
   * @param needed columns that are kept, where the SELECT can be wrapped without losing its order
   */
  public static void create(
      DatabaseSession session, String runId, String select, List<String> needed)
      throws SQLException {
    numberWithoutGaps(session);
    List<String> labels = SelectColumns.of(session, select).labels();
    if (!labels.stream().allMatch(label -> column(label).equals(label))) {
      createAtSecondHand(session, runId, select, labels, needed);
      return;
    }
    String query = select;
    if (!SelectText.parse(select).isOrdered()) {
      // a comment to the end of the line may end the user's text
      query = "SELECT " + columns(needed) + " FROM (" + select + "\n) AS seeql_selected";
    }
    session.execute(numbered("CREATE TABLE " + table(runId).quoted(), ROW) + query);
  }

  // In one step the database would take a column of the SELECT for the number that it has to give
  private static void createAtSecondHand(
      DatabaseSession session,
      String runId,
      String select,
      List<String> labels,
      List<String> needed)
      throws SQLException {
    String all = TableName.of(SystemSchema.DATABASE, "selected_" + runId).quoted();
    String number = freeName(labels);
    session.execute(numbered("CREATE TEMPORARY TABLE " + all, number) + select);
    try {
      session.execute(
          numbered("CREATE TABLE " + table(runId).quoted(), ROW)
              + "SELECT %s FROM %s ORDER BY %s".formatted(columns(needed), all, number));
    } finally {
      session.execute("DROP TEMPORARY TABLE IF EXISTS " + all);
    }
  }

  private static String columns(List<String> needed) {
    return needed.stream()
        .distinct()
        .map(name -> TableName.quote(name) + " AS " + TableName.quote(column(name)))
        .collect(Collectors.joining(", "));
  }

  /**
   * What a column of the SELECT is called in the selection's table: the same, but that {@link #ROW}
   * is taken.
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

  private static String numbered(String createTable, String number) {
    return "%s (%s BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 AS "
        .formatted(createTable, TableName.quote(number));
  }

  /**
   * How many images were selected, and how many were left out of them.
   *
   * @param images of the selection
   * @param leftOut images that the target had
   */
  public record Sizes(long images, long leftOut) {}

  /**
   * Runs the user's SELECT, and keeps the images that are not in a set, in the order of the SELECT.
   *
   * @param session the one that the user's other statements run in; a transaction that is open in
   *     it may not see the set's own row
   * @return how many rows the SELECT gave
   */
  public static long createNew(
      DatabaseSession session, String runId, String select, ResultLayout layout, long set)
      throws SQLException {
    String all = TableName.of(SystemSchema.DATABASE, "selected_" + runId).quoted();
    String number = freeName(SelectColumns.of(session, select).labels());
    numberWithoutGaps(session);
    // The SELECT runs once: a second time it might give other rows.
    session.execute(numbered("CREATE TEMPORARY TABLE " + all, number) + select);
    try {
      long selected =
          session.findFirst("SELECT COUNT(*) FROM " + all, row -> row.getLong(1)).orElseThrow();
      session.execute(
          numbered("CREATE TABLE " + table(runId).quoted(), ROW)
              + "SELECT %s FROM %s AS s WHERE %s ORDER BY s.%s"
                  .formatted(
                      columns(layout.neededColumns()),
                      all,
                      DoneImages.notIn(set, "s", layout),
                      number));
      return selected;
    } finally {
      session.execute("DROP TEMPORARY TABLE IF EXISTS " + all);
    }
  }

  /** How many images of a SELECT are not in a set. */
  public static long countNew(DatabaseSession session, String select, ResultLayout layout, long set)
      throws SQLException {
    return session
        .findFirst(
            "SELECT COUNT(*) FROM (%s\n) AS s WHERE %s"
                .formatted(select, DoneImages.notIn(set, "s", layout)),
            row -> row.getLong(1))
        .orElseThrow();
  }

  // On a group of servers each has numbers of its own. To set them needs a right that few users
  // have, so it is done only where they differ.
  private static void numberWithoutGaps(DatabaseSession session) throws SQLException {
    int increment =
        session
            .findFirst("SELECT @@SESSION.auto_increment_increment", row -> row.getInt(1))
            .orElseThrow();
    if (increment != 1) {
      session.execute("SET SESSION auto_increment_increment = 1, auto_increment_offset = 1");
    }
  }

  /**
   * How many images a run has.
   *
   * @param session not the user's: with autocommit off it would keep the table from being dropped
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
