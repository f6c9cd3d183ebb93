package org.seeql.job.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.util.TablesNamesFinder;
import org.seeql.planner.statement.TableName;

/**
 * What can be told from a SELECT's text alone. A text that our parser does not know (the database
 * may know more) counts as one that is ordered and whose tables are not known.
 *
 * @param tables the tables that it reads, in the order of the text; no names of WITH
 * @param isOrdered whether its rows come in an order of their own, which a query around it could
 *     lose
 */
public record SelectText(List<TableName> tables, boolean isOrdered) {
  public SelectText {
    tables = List.copyOf(tables);
  }

  public static SelectText parse(String select) {
    Optional<Select> parsed = parseSelect(select);
    if (parsed.isEmpty()) {
      return new SelectText(List.of(), true);
    }
    Set<String> names = new TablesNamesFinder<Void>().getTables((Statement) parsed.get());
    return new SelectText(
        names.stream().map(SelectText::tableName).toList(), isOrdered(parsed.get()));
  }

  private static Optional<Select> parseSelect(String select) {
    try {
      Statement statement =
          CCJSqlParserUtil.parse(select, parser -> parser.withBackslashEscapeCharacter(true));
      return statement instanceof Select parsed ? Optional.of(parsed) : Optional.empty();
    } catch (JSQLParserException e) {
      return Optional.empty();
    }
  }

  private static boolean isOrdered(Select select) {
    if (select.getOrderByElements() != null) {
      return true;
    }
    return select instanceof ParenthesedSelect inner && isOrdered(inner.getSelect());
  }

  private static TableName tableName(String written) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c == '`' && quoted && i + 1 < written.length() && written.charAt(i + 1) == '`') {
        part.append(c);
        i++;
      } else if (c == '`') {
        quoted = !quoted;
      } else if (c == '.' && !quoted) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    String name = parts.get(parts.size() - 1);
    return parts.size() == 1 ? TableName.of(name) : TableName.of(parts.get(parts.size() - 2), name);
  }
}
