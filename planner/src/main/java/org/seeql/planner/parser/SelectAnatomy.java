package org.seeql.planner.parser;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.statement.select.Select;
import org.seeql.planner.parser.SelectParser.ParsedSql;
import org.seeql.planner.statement.SqlMode;
import org.seeql.planner.statement.TableName;

/**
 * What can be seen of a SELECT without a database.
 *
 * @param tables the tables that it reads, once each, in the order of the text; what WITH defines is
 *     none
 * @param ordered whether its rows come in an order, by an ORDER BY outside parentheses
 * @param limited whether rows may be left out, by a LIMIT or OFFSET outside parentheses
 */
public record SelectAnatomy(Set<TableName> tables, boolean ordered, boolean limited) {
  public SelectAnatomy {
    tables = Collections.unmodifiableSet(new LinkedHashSet<>(tables));
  }

  /** Takes a SELECT apart; empty where it is none, or none that JSqlParser can read. */
  public static Optional<SelectAnatomy> of(String sql) {
    return of(sql, SqlMode.DEFAULT);
  }

  /** The same for a text that a session in a mode reads. */
  public static Optional<SelectAnatomy> of(String sql, SqlMode mode) {
    SourceText source = new SourceText(sql);
    List<Token> tokens = Tokenizer.tokens(sql, mode);
    return SelectParser.parsePatiently(source, tokens)
        .flatMap(parsed -> of(source, tokens, parsed));
  }

  private static Optional<SelectAnatomy> of(
      SourceText source, List<Token> tokens, ParsedSql parsed) {
    if (!(parsed.statement() instanceof Select select)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SelectAnatomy(
              new TableFinder(source, tokens, parsed).tables(),
              select.getOrderByElements() != null,
              select.getLimit() != null
                  || select.getOffset() != null
                  || select.getFetch() != null));
    } catch (SqlSyntaxException e) {
      return Optional.empty(); // no name in place of a table: the database will say so
    }
  }
}
