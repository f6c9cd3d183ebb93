package org.seeql.database.jdbc;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** The result of a statement that the database executed. */
public sealed interface SessionResult {

  /**
   * The rows of a query, which can be read once. The receiver closes them.
   *
   * @param columns the labels, in order
   */
  record Query(List<String> columns, RowStream rows) implements SessionResult {
    public Query {
      columns = List.copyOf(columns);
      requireNonNull(rows, "rows is null");
    }
  }

  /** The number of rows that a statement changed. */
  record Update(long count) implements SessionResult {}
}
