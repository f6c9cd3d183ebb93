package org.seeql.planner.parser;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seeql.planner.parser.Token.Kind;
import org.seeql.planner.statement.SourcePosition;
import org.seeql.planner.statement.SqlMode;

/**
 * Finds statements of a program that depend on being executed in one session of the database.
 * Reports only what is certain; the effects of stored routines are not visible.
 */
public final class SessionState {
  /** {@code SET} of these applies to all sessions, or does not set a server variable. */
  private static final Set<String> NOT_OF_SESSION =
      Set.of("GLOBAL", "PERSIST", "PERSIST_ONLY", "PASSWORD", "DEFAULT", "RESOURCE", "STATEMENT");

  /** The character set of the connection, which every session sets itself. */
  private static final Set<String> CHARACTER_SET = Set.of("NAMES", "CHARACTER", "CHARSET");

  private final SourceText source;
  private final List<Loss> losses = new ArrayList<>();
  private final Map<String, SourcePosition> set = new HashMap<>();

  private SessionState(SourceText source) {
    this.source = source;
  }

  /**
   * A statement that has no lasting effect if every statement runs in its own session.
   *
   * @param position of the statement
   * @param reason why, as the continuation of a sentence that starts with "it"
   */
  public record Loss(SourcePosition position, String reason) {}

  /** All such statements, in order. */
  public static List<Loss> of(String program) {
    SessionState state = new SessionState(new SourceText(program));
    List<List<Token>> statements = StatementSplitter.split(Tokenizer.tokens(program));
    for (int i = 0; i < statements.size(); i++) {
      List<Token> tokens = statements.get(i).subList(0, statements.get(i).size() - 1);
      state.look(tokens, i + 1 < statements.size());
    }
    return state.losses;
  }

  /**
   * Whether a statement leaves session state on which later statements may depend. This is a
   * temporary table, a variable or setting ({@code sql_mode} included), an open transaction, a
   * lock, or a prepared statement. {@code USE} does not count.
   */
  public static boolean isLeftBy(String sql) {
    SessionState state = new SessionState(new SourceText(sql));
    for (List<Token> statement : StatementSplitter.split(Tokenizer.tokens(sql))) {
      List<Token> tokens = statement.subList(0, statement.size() - 1);
      if (state.lost(tokens).isPresent()
          || !state.assigned(tokens).isEmpty()
          || setsSqlModeOnly(state.source, tokens)
          || tokens.stream().anyMatch(state::takesLock)) {
        return true;
      }
    }
    return false;
  }

  private boolean takesLock(Token token) {
    return token.is(Kind.WORD) && source.text(token).equalsIgnoreCase("GET_LOCK");
  }

  /**
   * Whether a statement only sets the session's {@code sql_mode}, which the SQL after it requires.
   */
  public static boolean setsSqlModeOnly(String sql) {
    SourceText source = new SourceText(sql);
    List<List<Token>> statements = StatementSplitter.split(Tokenizer.tokens(sql));
    return statements.size() == 1 && setsSqlModeOnly(source, statements.get(0));
  }

  private static boolean setsSqlModeOnly(SourceText source, List<Token> tokens) {
    List<Token> all = tokens.stream().filter(token -> !token.is(Kind.END)).toList();
    return new SqlModeTracker(source, SqlMode.DEFAULT).setsModeOnly(all);
  }

  private void look(List<Token> tokens, boolean isFollowed) {
    SourcePosition position = source.position(tokens.get(0).start());
    Optional<String> reason = lost(tokens);
    if (reason.isPresent() && (isFollowed || isTemporary(tokens))) {
      losses.add(new Loss(position, reason.get()));
    }
    Set<String> assigned = assigned(tokens);
    Set<String> reported = new HashSet<>();
    for (Token token : tokens) {
      String variable = variable(token);
      if (set.containsKey(variable) && !assigned.contains(variable) && reported.add(variable)) {
        losses.add(
            new Loss(
                position,
                "reads %s, which the statement at %s sets in another session"
                    .formatted(variable, set.get(variable))));
      }
    }
    assigned.forEach(variable -> set.putIfAbsent(variable, position));
  }

  private Optional<String> lost(List<Token> tokens) {
    String first = word(tokens, 0);
    String second = word(tokens, 1);
    if (isTemporary(tokens)) {
      return Optional.of("creates a temporary table, which is dropped when its session ends");
    }
    if (first.equals("SET") && isSessionSetting(tokens) && !setsSqlModeOnly(source, tokens)) {
      return Optional.of("sets a session variable, which later statements do not see");
    }
    boolean begins =
        (first.equals("START") && second.equals("TRANSACTION"))
            || (first.equals("BEGIN") && (tokens.size() == 1 || second.equals("WORK")))
            || (first.equals("XA") && (second.equals("START") || second.equals("BEGIN")));
    if (begins) {
      return Optional.of("begins a transaction, which ends with its session");
    }
    if ((first.equals("LOCK") && second.startsWith("TABLE")) || isLockingFlush(tokens)) {
      return Optional.of("locks tables, which are unlocked when its session ends");
    }
    if (first.equals("HANDLER") && contains(tokens, "OPEN")) {
      return Optional.of("opens a table handler, which is closed when its session ends");
    }
    return first.equals("PREPARE")
        ? Optional.of("prepares a statement, which later statements do not see")
        : Optional.empty();
  }

  /** {@code FLUSH TABLES … WITH READ LOCK} and {@code … FOR EXPORT}. */
  private boolean isLockingFlush(List<Token> tokens) {
    return word(tokens, 0).equals("FLUSH")
        && (contains(tokens, "LOCK") || contains(tokens, "EXPORT"));
  }

  private boolean contains(List<Token> tokens, String word) {
    return tokens.stream().anyMatch(token -> source.isWord(token, word));
  }

  /** {@code CREATE [OR REPLACE] TEMPORARY TABLE}. */
  private boolean isTemporary(List<Token> tokens) {
    int at = word(tokens, 1).equals("OR") ? 3 : 1;
    return word(tokens, 0).equals("CREATE") && word(tokens, at).equals("TEMPORARY");
  }

  private boolean isSessionSetting(List<Token> tokens) {
    if (tokens.size() < 2) {
      return false;
    }
    Token what = tokens.get(1);
    if (what.is(Kind.VARIABLE)) {
      String name = source.text(what).toLowerCase(Locale.ROOT);
      return name.startsWith("@@") && !name.startsWith("@@global") && !name.startsWith("@@persist");
    }
    String word = word(tokens, 1);
    return !word.isEmpty() && !NOT_OF_SESSION.contains(word) && !CHARACTER_SET.contains(word);
  }

  /** {@code SET @a = …}, {@code @a := …}, {@code INTO @a, @b}. */
  private Set<String> assigned(List<Token> tokens) {
    Set<String> assigned = new HashSet<>();
    boolean isSet = word(tokens, 0).equals("SET");
    boolean into = false;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (!variable(token).isEmpty()) {
        boolean equals = isMark(tokens, i + 1, '=');
        boolean becomes = isMark(tokens, i + 1, ':') && isMark(tokens, i + 2, '=');
        if (into || becomes || (isSet && equals)) {
          assigned.add(variable(token));
        }
      } else {
        into = word(tokens, i).equals("INTO") || (into && source.isMark(token, ','));
      }
    }
    return assigned;
  }

  /** A user variable in lower case, because the server ignores case; empty if it is none. */
  private String variable(Token token) {
    String text = token.is(Kind.VARIABLE) ? source.text(token) : "";
    return text.startsWith("@@") ? "" : text.toLowerCase(Locale.ROOT);
  }

  private boolean isMark(List<Token> tokens, int index, char mark) {
    return index < tokens.size() && source.isMark(tokens.get(index), mark);
  }

  private String word(List<Token> tokens, int index) {
    return index < tokens.size() && tokens.get(index).is(Kind.WORD)
        ? source.text(tokens.get(index)).toUpperCase(Locale.ROOT)
        : "";
  }
}
