package org.seeql.planner.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seeql.planner.parser.Token.Kind;
import org.seeql.planner.statement.ModelName;
import org.seeql.planner.statement.PredictStatement;
import org.seeql.planner.statement.TableName;

/** Parses names of tables, columns, models and images. */
final class NameParser {
  private static final int DATABASE_AND_TABLE = 2;
  private static final int DATABASE_TABLE_AND_COLUMN = 3;

  private final TokenCursor cursor;
  private final Dialect dialect;
  private final Words words;

  NameParser(TokenCursor cursor) {
    this(cursor, Dialect.DATABASE, Words.ARE_NAMES);
  }

  private NameParser(TokenCursor cursor, Dialect dialect, Words words) {
    this.cursor = cursor;
    this.dialect = dialect;
    this.words = words;
  }

  /**
   * A parser for names within a clause.
   *
   * @param dialect determines the form of table names
   */
  static NameParser ofClause(TokenCursor cursor, Dialect dialect) {
    return new NameParser(cursor, dialect, Words.OF_CLAUSE);
  }

  /**
   * Whether a word may be a keyword of the clause, which means that the name before it is missing.
   */
  private enum Words {
    ARE_NAMES,
    OF_CLAUSE
  }

  /** One part of a name, without quotes. */
  String part(String what) {
    Token token = cursor.peek();
    if (!token.is(Kind.WORD) && !token.is(Kind.QUOTED_NAME)) {
      throw cursor.unexpected(List.of(what));
    }
    if (token.is(Kind.QUOTED_NAME) && token.end() - token.start() == 2) {
      throw cursor.error(token, "A name is empty", List.of(what));
    }
    cursor.next();
    return plain(cursor.source(), token);
  }

  /** {@code table} or {@code database.table}; in Spark also {@code catalog.database.table}. */
  TableName table() {
    return table(parts("a table", DATABASE_AND_TABLE + dialect.catalogs()));
  }

  private static TableName table(List<String> parts) {
    int last = parts.size() - 1;
    return new TableName(
        last < 2 ? Optional.empty() : Optional.of(parts.get(last - 2)),
        last < 1 ? Optional.empty() : Optional.of(parts.get(last - 1)),
        parts.get(last));
  }

  /** A table, with an optional column after it. */
  record Target(TableName table, Optional<String> column) {}

  /**
   * {@code table}, {@code table.column} or {@code database.table.column}; in Spark also {@code
   * catalog.database.table.column}.
   */
  Target tableAndColumn() {
    List<String> parts = parts("a table", DATABASE_TABLE_AND_COLUMN + dialect.catalogs());
    int last = parts.size() - 1;
    return last == 0
        ? new Target(table(parts), Optional.empty())
        : new Target(table(parts.subList(0, last)), Optional.of(parts.get(last)));
  }

  /** A name with dots, in SQL syntax with backquotes where necessary. */
  String dottedName(String what) {
    StringBuilder name = new StringBuilder(Names.written(firstPart(what)));
    while (cursor.acceptMark('.')) {
      name.append('.').append(Names.written(laterPart(what)));
    }
    return name.toString();
  }

  private List<String> parts(String what, int most) {
    List<String> parts = new ArrayList<>();
    parts.add(firstPart(what));
    while (parts.size() < most && cursor.acceptMark('.')) {
      parts.add(laterPart(what));
    }
    return parts;
  }

  private String firstPart(String what) {
    if (words == Words.OF_CLAUSE && ClauseWords.isInPlaceOfName(cursor)) {
      throw cursor.unexpected(List.of(what));
    }
    return part(what);
  }

  /** After a dot, even reserved words are names. */
  private String laterPart(String what) {
    if (words == Words.OF_CLAUSE && ClauseWords.isInPlaceOfValue(cursor)) {
      throw cursor.unexpected(List.of(what));
    }
    return part(what);
  }

  ModelName model() {
    boolean isQuoted = cursor.peek().is(Kind.QUOTED_NAME);
    StringBuilder plain = new StringBuilder();
    String written = reference("a model", plain);
    // without its quotes, this name is the keyword after USING
    return isQuoted && written.equalsIgnoreCase(PredictStatement.AUTO)
        ? new ModelName(plain.toString(), TableName.quote(plain.toString()))
        : new ModelName(plain.toString(), written);
  }

  /** A name with dots, or a path such as {@code team/zoo:v0.2/ResNet}. */
  String reference(String what) {
    return reference(what, new StringBuilder());
  }

  private String reference(String what, StringBuilder plain) {
    StringBuilder written = new StringBuilder();
    append(firstPart(what), plain, written);
    while (true) {
      Token token = cursor.peek();
      boolean touches = cursor.previous().touches(token);
      if (cursor.isMark('.') || (touches && isPathMark() && isPathPart(cursor.peek(1)))) {
        String mark = cursor.source().text(cursor.next());
        plain.append(mark);
        written.append(mark);
        append(pathPart(what), plain, written);
      } else if (touches && continuesPath(token)) {
        String text = cursor.source().text(cursor.next());
        plain.append(text);
        written.append(text);
      } else {
        return written.toString();
      }
    }
  }

  private static void append(String part, StringBuilder plain, StringBuilder written) {
    plain.append(part);
    written.append(
        part.isEmpty() || Character.isDigit(part.charAt(0)) ? part : Names.written(part));
  }

  private String pathPart(String what) {
    // a path may also contain a version, as in zoo:0.2
    if (cursor.peek().is(Kind.NUMBER) && cursor.previous().touches(cursor.peek())) {
      return cursor.source().text(cursor.next());
    }
    return laterPart(what);
  }

  /** Only a token that touches the mark before it; otherwise the mark is an operator. */
  private boolean isPathPart(Token token) {
    return cursor.peek().touches(token)
        && (token.is(Kind.WORD) || token.is(Kind.NUMBER) || token.is(Kind.QUOTED_NAME));
  }

  private boolean isPathMark() {
    return cursor.isMark('/') || cursor.isMark(':') || cursor.isMark('-');
  }

  /** A digest, as in {@code a@sha256:…}, or letters after a version, as in {@code 1.0rc1}. */
  private boolean continuesPath(Token token) {
    return token.is(Kind.VARIABLE) || (token.is(Kind.WORD) && cursor.previous().is(Kind.NUMBER));
  }

  /** An unquoted reference to a container image, as written. */
  String image() {
    Token first = cursor.peek();
    if (!first.is(Kind.WORD) && !first.is(Kind.NUMBER)) {
      throw cursor.unexpected(List.of("an image"));
    }
    Token last = cursor.next();
    while (last.touches(cursor.peek()) && isPartOfImage(cursor.peek())) {
      last = cursor.next();
    }
    if (last.is(Kind.MARK)) {
      throw cursor.unexpected(List.of("an image"));
    }
    return cursor.slice(first, last);
  }

  private boolean isPartOfImage(Token token) {
    return switch (token.kind()) {
      case WORD, NUMBER, VARIABLE -> true;
      case MARK -> isPathMark() || cursor.isMark('.');
      default -> false;
    };
  }

  static String plain(SourceText source, Token token) {
    String text = source.text(token);
    if (!token.is(Kind.QUOTED_NAME)) {
      return text;
    }
    String quote = text.substring(0, 1);
    return text.substring(1, text.length() - 1).replace(quote + quote, quote);
  }
}
