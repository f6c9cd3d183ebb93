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
 * Reads SQL with JSqlParser: the only class that calls it. Tokens are handed over in a spelling
 * that JSqlParser takes, each at its place in the text, so that places can be told back.
 */
final class SelectParser {
  // JSqlParser tries again and again: its time doubles with every level, and its stack is ours
  private static final int DEEPEST = 100;
  private static final int DEEPEST_WITH_LOOKAHEAD = 5;
  // it looks at the clock only now and then, so a long text is not begun
  private static final Effort QUICK = new Effort(20_000, 300);
  private static final Effort PATIENT = new Effort(200_000, 5_000);

  /** What reading a text may cost. */
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
   * What JSqlParser made of it.
   *
   * @param stoppedAt the offset, in the source, of the token that it could not take; empty where it
   *     took all, or gave up
   */
  record Outcome(Optional<ParsedSql> parsed, OptionalInt stoppedAt) {
    Outcome {
      requireNonNull(parsed, "parsed is null");
      requireNonNull(stoppedAt, "stoppedAt is null");
    }

    private static final Outcome GIVEN_UP = new Outcome(Optional.empty(), OptionalInt.empty());
  }

  /**
   * A statement that JSqlParser has read.
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
   * One statement of any kind, for which a list of thousands of values is worth the time.
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
      return Outcome.GIVEN_UP; // it stops without looking ahead where it would not with it
    }
    Outcome thorough = parse(sql, start, true, effort.mostMillis());
    boolean fartherBefore =
        plain.stoppedAt().orElse(0) > thorough.stoppedAt().orElse(0) && thorough.parsed().isEmpty();
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

  private static int depth(SourceText source, List<Token> tokens, BitSet leftOut) {
    int depth = 0;
    int deepest = 0;
    for (int i = leftOut.nextClearBit(0); i < tokens.size(); i = leftOut.nextClearBit(i + 1)) {
      if (source.isMark(tokens.get(i), '(')) {
        deepest = Math.max(deepest, ++depth);
      } else if (source.isMark(tokens.get(i), ')')) {
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
