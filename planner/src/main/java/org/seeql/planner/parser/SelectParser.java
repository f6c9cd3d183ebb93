package org.seeql.planner.parser;

import static java.util.Objects.requireNonNull;

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
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.ParserKeywordsUtils;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.parser.TokenMgrException;
import net.sf.jsqlparser.statement.Statement;
import org.seeql.planner.parser.Token.Kind;

/**
 * Reads SQL with JSqlParser: the only class that calls it. Tokens are handed over in a spelling
 * that JSqlParser takes, each at its place in the text, so that places can be told back.
 */
final class SelectParser {
  // JSqlParser tries again and again: its time doubles with every level, and its stack is ours
  private static final int DEEPEST = 100;
  private static final int DEEPEST_WITH_LOOKAHEAD = 5;
  private static final long MOST_MILLIS = 300;
  private static final long MOST_MILLIS_WITH_PATIENCE = 5_000;

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
   * What JSqlParser made of it.
   *
   * @param stoppedAt the offset, in the source, of the token that it could not take; empty where it
   *     took all, or gave up
   */
  record Outcome(Optional<Statement> statement, OptionalInt stoppedAt) {
    Outcome {
      requireNonNull(statement, "statement is null");
      requireNonNull(stoppedAt, "stoppedAt is null");
    }

    private static final Outcome GIVEN_UP = new Outcome(Optional.empty(), OptionalInt.empty());
  }

  static Outcome parse(SourceText source, List<Token> tokens) {
    return parse(source, tokens, MOST_MILLIS);
  }

  /**
   * One statement of any kind, for which a list of thousands of values is worth the time.
   *
   * @param tokens with their END
   */
  static Optional<Statement> parsePatiently(SourceText source, List<Token> tokens) {
    boolean whole = tokens.stream().limit(tokens.size() - 1L).noneMatch(SelectParser::endsText);
    return whole
        ? parse(source, tokens.subList(0, tokens.size() - 1), MOST_MILLIS_WITH_PATIENCE).statement()
        : Optional.empty();
  }

  private static boolean endsText(Token token) {
    return token.is(Kind.END) || token.is(Kind.UNTERMINATED);
  }

  private static Outcome parse(SourceText source, List<Token> tokens, long mostMillis) {
    int depth = depth(source, tokens);
    if (tokens.isEmpty() || depth > DEEPEST) {
      return Outcome.GIVEN_UP;
    }
    int start = tokens.get(0).start();
    String sql = JSqlSpelling.of(source, tokens);
    Outcome plain = parse(sql, start, false, mostMillis);
    if (plain.stoppedAt().isEmpty() || depth > DEEPEST_WITH_LOOKAHEAD) {
      return plain;
    }
    Outcome thorough = parse(sql, start, true, mostMillis);
    boolean fartherBefore =
        plain.stoppedAt().orElse(0) > thorough.stoppedAt().orElse(0)
            && thorough.statement().isEmpty();
    return fartherBefore ? plain : thorough;
  }

  /** Words that JSqlParser takes for keywords of one dialect or another. */
  static List<String> reservedWords() {
    return ParserKeywordsUtils.getReservedKeywords(ParserKeywordsUtils.RESTRICTED_JSQLPARSER);
  }

  private static Outcome parse(String sql, int start, boolean withLookahead, long mostMillis) {
    CCJSqlParser parser = new TerseParser(sql).withAllowComplexParsing(withLookahead);
    Future<?> watch =
        WATCH.schedule(() -> parser.interrupted = true, mostMillis, TimeUnit.MILLISECONDS);
    try {
      return new Outcome(Optional.of(parser.Statement()), OptionalInt.empty());
    } catch (ParseException e) {
      return parser.interrupted ? Outcome.GIVEN_UP : stopped(e, start, sql);
    } catch (TokenMgrException e) {
      Matcher column = LEXICAL_ERROR_COLUMN.matcher(String.valueOf(e.getMessage()));
      return column.find()
          ? stoppedAt(start + Integer.parseInt(column.group(1)) - 1)
          : Outcome.GIVEN_UP;
    } catch (StackOverflowError | RuntimeException e) {
      return Outcome.GIVEN_UP; // not the user's mistake, nor ours to mend
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

  private static int depth(SourceText source, List<Token> tokens) {
    int depth = 0;
    int deepest = 0;
    for (Token token : tokens) {
      if (source.isMark(token, '(')) {
        deepest = Math.max(deepest, ++depth);
      } else if (source.isMark(token, ')')) {
        depth--;
      }
    }
    return deepest;
  }

  /** Says where it stopped, and not all that it would have taken there: that can take minutes. */
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
