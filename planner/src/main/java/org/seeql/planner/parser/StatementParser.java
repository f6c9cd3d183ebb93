package org.seeql.planner.parser;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.seeql.planner.parser.Token.Kind;
import org.seeql.planner.statement.ExplainPlanStatement;
import org.seeql.planner.statement.ExplainPlanStatement.Extent;
import org.seeql.planner.statement.SourcePosition;
import org.seeql.planner.statement.SqlStatement;
import org.seeql.planner.statement.Statement;

/** Parses one statement: one of SeeQL's own, a SELECT with a clause, or one of the database's. */
final class StatementParser {
  private static final int MAX_EXPLAINS = 100;

  /** Statements in which a clause is always an error. */
  private static final List<String> NEVER_WITH_CLAUSE =
      List.of(
          "INSERT",
          "REPLACE",
          "UPDATE",
          "DELETE",
          "CREATE",
          "DROP",
          "TRUNCATE",
          "DESCRIBE",
          "SHOW");

  private final SourceText source;
  private final List<Token> tokens;
  private final Dialect dialect;

  /**
   * @param tokens of one statement, the last of them the END
   * @param dialect of the SELECT before a clause
   */
  StatementParser(SourceText source, List<Token> tokens, Dialect dialect) {
    this.source = source;
    this.tokens = tokens;
    this.dialect = dialect;
  }

  Statement parse() {
    int explains = 0;
    while (source.isWord(tokens.get(explains), "EXPLAIN")) {
      explains++;
    }
    boolean analyzes = explains > 0 && source.isWord(tokens.get(explains), "ANALYZE");
    int start = explains + (analyzes ? 1 : 0);
    Optional<Statement> extended = extended(tokens.subList(start, tokens.size()));
    if (extended.isEmpty()) {
      return passedThrough();
    }
    if (explains > MAX_EXPLAINS) {
      throw cursor(tokens.subList(MAX_EXPLAINS, tokens.size())).unexpected(List.of());
    }
    Statement statement = extended.get();
    for (int i = explains - 1; i >= 0; i--) {
      Extent extent = analyzes && i == explains - 1 ? Extent.ANALYZE : Extent.PLAN;
      statement =
          new ExplainPlanStatement(source.position(tokens.get(i).start()), extent, statement);
    }
    return statement;
  }

  /**
   * Whether the text is meant for SeeQL, valid or not: it has a clause, or starts with keywords
   * that no other SQL has.
   */
  boolean isMeantForSeeql() {
    int start = 0;
    while (source.isWord(tokens.get(start), "EXPLAIN")
        || (start > 0 && source.isWord(tokens.get(start), "ANALYZE"))) {
      start++;
    }
    if (new ModelStatementParser(cursor(tokens.subList(start, tokens.size()))).isNext()) {
      return true;
    }
    return IntStream.range(0, tokens.size() - 1)
        .anyMatch(i -> isTo(tokens, i) && isClauseWord(tokens.get(i + 1)));
  }

  private Optional<Statement> extended(List<Token> rest) {
    Optional<Statement> ofModels = new ModelStatementParser(cursor(rest)).parse();
    if (ofModels.isPresent()) {
      return ofModels;
    }
    if (!beginsSelect(rest.get(0))) {
      return Optional.empty();
    }
    OptionalInt to = findClause(rest);
    return to.isPresent() ? Optional.of(withClause(rest, to.getAsInt())) : Optional.empty();
  }

  private boolean beginsSelect(Token first) {
    return source.isWord(first, "SELECT")
        || source.isWord(first, "WITH")
        || source.isMark(first, '(');
  }

  /** The index of the first TO that is outside parentheses and is not a name. */
  private OptionalInt findClause(List<Token> rest) {
    int depth = 0;
    for (int i = 0; i < rest.size(); i++) {
      depth = depthAfter(rest.get(i), depth);
      if (depth == 0 && isTo(rest, i)) {
        return OptionalInt.of(i);
      }
      refuseNestedClause(rest, i, depth);
    }
    return OptionalInt.empty();
  }

  private Statement withClause(List<Token> rest, int to) {
    SourcePosition position = source.position(rest.get(0).start());
    String select = source.text().substring(rest.get(0).start(), rest.get(to - 1).end());
    TokenCursor tail = cursor(rest.subList(to + 1, rest.size()));
    if (!tail.isAnyWord(ClauseParser.CLAUSES)) {
      SelectCheck.checkNeighbours(source, rest.subList(0, to), rest.get(to));
    } else if (dialect == Dialect.DATABASE) {
      SelectCheck.check(source, rest.subList(0, to), rest.get(to));
    }
    return new ClauseParser(tail, position, select, dialect).parse();
  }

  private Statement passedThrough() {
    TokenCursor cursor = cursor(tokens);
    boolean neverWithClause = cursor.isAnyWord(NEVER_WITH_CLAUSE) || cursor.isWord("TO");
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.is(Kind.UNTERMINATED)) {
        throw cursor.unterminated(token);
      }
      depth = depthAfter(token, depth);
      refuseNestedClause(tokens, i, depth);
      if (depth == 0 && neverWithClause && isTo(tokens, i) && isClauseWord(tokens.get(i + 1))) {
        throw cursor.error(token, "A clause needs a SELECT before it", List.of());
      }
    }
    String sql =
        source.text().substring(tokens.get(0).start(), tokens.get(tokens.size() - 2).end());
    return new SqlStatement(source.position(tokens.get(0).start()), sql);
  }

  private void refuseNestedClause(List<Token> all, int index, int depth) {
    if (depth > 0 && isTo(all, index) && isClauseWord(all.get(index + 1))) {
      throw source.error(
          all.get(index).start(),
          "A clause cannot be inside parentheses; close each parenthesis before it",
          List.of("')'"));
    }
  }

  private int depthAfter(Token token, int depth) {
    if (source.isMark(token, '(')) {
      return depth + 1;
    }
    return source.isMark(token, ')') ? Math.max(0, depth - 1) : depth;
  }

  /** A TO next to a dot is a name. */
  private boolean isTo(List<Token> all, int index) {
    return source.isWord(all.get(index), "TO")
        && !(index > 0 && source.isMark(all.get(index - 1), '.'))
        && !(source.isMark(all.get(index + 1), '.') && all.get(index).touches(all.get(index + 1)));
  }

  private boolean isClauseWord(Token token) {
    return ClauseParser.CLAUSES.stream().anyMatch(clause -> source.isWord(token, clause));
  }

  private TokenCursor cursor(List<Token> of) {
    return new TokenCursor(source, of);
  }
}
