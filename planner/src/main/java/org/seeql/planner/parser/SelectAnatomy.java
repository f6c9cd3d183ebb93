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
 * Properties of a SELECT that can be determined without a database.
 *
 * @param tables the tables that it reads, once each, in the order of the text; without the common
 *     table expressions of WITH
 * @param ordered whether its rows are ordered, by an ORDER BY outside parentheses
 * @param limited whether a LIMIT or OFFSET outside parentheses may omit rows
 */
public record SelectAnatomy(Set<TableName> tables, boolean ordered, boolean limited) {
  public SelectAnatomy {
    tables = Collections.unmodifiableSet(new LinkedHashSet<>(tables));
  }

  /** Analyzes a SELECT; empty if the text is not a SELECT or JSqlParser cannot parse it. */
  public static Optional<SelectAnatomy> of(String sql) {
    return of(sql, SqlMode.DEFAULT);
  }

  /** The same for a text in an SQL mode. */
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
      return Optional.empty(); // a string in place of a table name: the database reports it
    }
  }
}
