package org.seeql.database.ledger;

import java.sql.SQLException;
import java.util.List;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SessionSqlMode;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.parser.SelectAnatomy;
import org.seeql.planner.statement.SqlMode;
import org.seeql.planner.statement.TableName;

/**
 * What the text of a SELECT shows without the database. A text that SeeQL's parser does not accept
 * counts as ordered, and its tables as unknown: the database may accept more.
 *
 * @param tables the tables that it reads, in the order of the text; without the names defined by
 *     WITH
 * @param isOrdered whether its rows may have an order that an enclosing query could lose
 */
public record SelectText(List<TableName> tables, boolean isOrdered) {
  public SelectText {
    tables = List.copyOf(tables);
  }

  /**
   * Parses a SELECT.
   *
   * @param session the session that will execute it; its {@code sql_mode} determines how to parse
   *     it
   */
  public static SelectText parse(DatabaseSession session, String select) throws SQLException {
    return parse(
        select, ProgramParser.dependsOnMode(select) ? SessionSqlMode.of(session) : SqlMode.DEFAULT);
  }

  /** Parses a SELECT in the default mode. */
  static SelectText parse(String select) {
    return parse(select, SqlMode.DEFAULT);
  }

  private static SelectText parse(String select, SqlMode mode) {
    // An ORDER BY within parentheses may apply to the whole SELECT.
    boolean begins = select.stripLeading().startsWith("(");
    return SelectAnatomy.of(select, mode)
        .map(a -> new SelectText(List.copyOf(a.tables()), begins || a.ordered()))
        .orElseGet(() -> new SelectText(List.of(), true));
  }
}
