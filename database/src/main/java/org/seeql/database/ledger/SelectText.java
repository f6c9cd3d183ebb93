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
 * What can be told from a SELECT's text alone. A text that our parser does not know (the database
 * may know more) counts as one that is ordered and whose tables are not known.
 *
 * @param tables the tables that it reads, in the order of the text; no names of WITH
 * @param isOrdered whether its rows may come in an order of their own, which a query around it
 *     could lose
 */
public record SelectText(List<TableName> tables, boolean isOrdered) {
  public SelectText {
    tables = List.copyOf(tables);
  }

  /**
   * Reads a SELECT.
   *
   * @param session that will run it, whose {@code sql_mode} says how to read it
   */
  public static SelectText parse(DatabaseSession session, String select) throws SQLException {
    return parse(
        select, ProgramParser.dependsOnMode(select) ? SessionSqlMode.of(session) : SqlMode.DEFAULT);
  }

  /** Reads a SELECT in the default mode. */
  static SelectText parse(String select) {
    return parse(select, SqlMode.DEFAULT);
  }

  private static SelectText parse(String select, SqlMode mode) {
    // an order within parentheses may be that of the whole
    boolean begins = select.stripLeading().startsWith("(");
    return SelectAnatomy.of(select, mode)
        .map(a -> new SelectText(List.copyOf(a.tables()), begins || a.ordered()))
        .orElseGet(() -> new SelectText(List.of(), true));
  }
}
