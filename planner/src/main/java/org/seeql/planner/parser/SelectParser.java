package org.seeql.planner.parser;

import static java.util.Objects.requireNonNull;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.Node;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.ParserKeywordsUtils;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.parser.TokenMgrException;
import net.sf.jsqlparser.statement.Statement;
import org.seeql.planner.parser.Token.Kind;

/**
 * Parses SQL with JSqlParser; no other class calls it. Tokens are rewritten in a form that
 * JSqlParser accepts. They keep their offsets, so that error positions can be mapped back to the
 * source.
 */
final class SelectParser {
  // JSqlParser backtracks: its time doubles with every level, and it uses the stack of this thread
  private static final int DEEPEST = 100;
  private static final int DEEPEST_WITH_LOOKAHEAD = 5;
  // JSqlParser checks for interruption only occasionally, so long texts are not parsed at all
  private static final Effort QUICK = new Effort(20_000, 300);
  private static final Effort PATIENT = new Effort(200_000, 5_000);

  /** The limits for parsing a text. */
  private record Effort(int mostTokens, long mostMillis) {}

  private static final Pattern LEXICAL_ERROR_COLUMN = Pattern.compile("line 1, column (\\d+)");

  private static final ScheduledExecutorService WATCH =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "sql-parser-watch");
            thread.setDaemon(true);
            return thread;
          });

  private SelectParser() {}

  /**
   * The result of JSqlParser.
   *
   * @param stoppedAt the offset, in the source, of the token that JSqlParser rejected; empty if it
   *     accepted all tokens or gave up
   */
  record Outcome(Optional<ParsedSql> parsed, OptionalInt stoppedAt) {
    Outcome {
      requireNonNull(parsed, "parsed is null");
      requireNonNull(stoppedAt, "stoppedAt is null");
    }

    private static final Outcome GIVEN_UP = new Outcome(Optional.empty(), OptionalInt.empty());
  }

  /**
   * A statement that JSqlParser has parsed.
   *
   * @param root of its syntax tree
   */
  record ParsedSql(Statement statement, Node root) {
    ParsedSql {
      requireNonNull(statement, "statement is null");
      requireNonNull(root, "root is null");
    }
  }

  static Outcome parse(SourceText source, List<Token> tokens) {
    return parse(source, tokens, QUICK);
  }

  /**
   * Parses one statement of any kind with higher limits, so that lists of thousands of values fit.
   *
   * @param tokens with their END
   */
  static Optional<ParsedSql> parsePatiently(SourceText source, List<Token> tokens) {
    boolean whole = tokens.stream().limit(tokens.size() - 1L).noneMatch(SelectParser::endsText);
    return whole
        ? parse(source, tokens.subList(0, tokens.size() - 1), PATIENT).parsed()
        : Optional.empty();
  }

  private static boolean endsText(Token token) {
    return token.is(Kind.END) || token.is(Kind.UNTERMINATED);
  }

  private static Outcome parse(SourceText source, List<Token> tokens, Effort effort) {
    if (tokens.size() > effort.mostTokens()) {
      return Outcome.GIVEN_UP;
    }
    BitSet redundant = RedundantParentheses.find(source, tokens);
    int depth = depth(source, tokens, redundant);
    if (tokens.isEmpty() || depth > DEEPEST) {
      return Outcome.GIVEN_UP;
    }
    int start = tokens.get(0).start();
    String sql = JSqlSpelling.of(source, tokens, redundant);
    Outcome plain = parse(sql, start, false, effort.mostMillis());
    if (plain.stoppedAt().isEmpty()) {
      return plain;
    }
    if (depth > DEEPEST_WITH_LOOKAHEAD) {
      return Outcome.GIVEN_UP; // without lookahead, valid tokens may stop it
    }
    Outcome thorough = parse(sql, start, true, effort.mostMillis());
    boolean fartherBefore =
        plain.stoppedAt().orElse(0) > thorough.stoppedAt().orElse(0) && thorough.parsed().isEmpty();
    return fartherBefore ? plain : thorough;
  }

  /** Words that JSqlParser reserves as keywords of any dialect. */
  static List<String> reservedWords() {
    return ParserKeywordsUtils.getReservedKeywords(ParserKeywordsUtils.RESTRICTED_JSQLPARSER);
  }

  private static Outcome parse(String sql, int start, boolean withLookahead, long mostMillis) {
    CCJSqlParser parser = new TerseParser(sql).withAllowComplexParsing(withLookahead);
    Future<?> watch =
        WATCH.schedule(() -> parser.interrupted = true, mostMillis, TimeUnit.MILLISECONDS);
    try {
      ParsedSql parsed = new ParsedSql(parser.Statement(), parser.getASTRoot());
      return new Outcome(Optional.of(parsed), OptionalInt.empty());
    } catch (ParseException e) {
      return parser.interrupted ? Outcome.GIVEN_UP : stopped(e, start, sql);
    } catch (TokenMgrException e) {
      Matcher column = LEXICAL_ERROR_COLUMN.matcher(String.valueOf(e.getMessage()));
      return column.find()
          ? stoppedAt(start + Integer.parseInt(column.group(1)) - 1)
          : Outcome.GIVEN_UP;
    } catch (StackOverflowError | RuntimeException e) {
      return Outcome.GIVEN_UP; // neither an error of the user nor a fault that SeeQL can fix
    } finally {
      watch.cancel(false);
    }
  }

  private static Outcome stopped(ParseException e, int start, String sql) {
    if (e.currentToken == null || e.currentToken.next == null) {
      return Outcome.GIVEN_UP;
    }
    net.sf.jsqlparser.parser.Token token = e.currentToken.next;
    boolean atEnd = token.kind == 0;
    return stoppedAt(start + (atEnd ? sql.length() : token.beginColumn - 1));
  }

  private static Outcome stoppedAt(int offset) {
    return new Outcome(Optional.empty(), OptionalInt.of(offset));
  }

  private static int depth(SourceText source, List<Token> tokens, BitSet omitted) {
    int depth = 0;
    int deepest = 0;
    for (int i = omitted.nextClearBit(0); i < tokens.size(); i = omitted.nextClearBit(i + 1)) {
      if (source.isMark(tokens.get(i), '(')) {
        deepest = Math.max(deepest, ++depth);
      } else if (source.isMark(tokens.get(i), ')')) {
        depth--;
      }
    }
    return deepest;
  }

  /** Reports only where it stopped, without the list of expected tokens, which can take minutes. */
  private static final class TerseParser extends CCJSqlParser {
    TerseParser(String sql) {
      super(new StringProvider(sql));
    }

    @Override
    public ParseException generateParseException() {
      ParseException stop = new ParseException("stopped");
      stop.currentToken = token;
      return stop;
    }
  }
}
