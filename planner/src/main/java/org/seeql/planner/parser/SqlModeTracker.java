package org.seeql.planner.parser;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.seeql.planner.parser.Token.Kind;
import org.seeql.planner.statement.SqlMode;

/**
 * Tracks {@code sql_mode} through a program, as far as its SET statements determine it. {@code SET
 * GLOBAL} affects only later sessions, so it does not change the current mode.
 */
final class SqlModeTracker {
  private static final String SQL_MODE = "sql_mode";
  private static final String GLOBAL_SQL_MODE = "global.sql_mode";
  private static final int DEEPEST = 20;
  private static final Set<String> SCOPES =
      Set.of("SESSION", "LOCAL", "GLOBAL", "PERSIST", "PERSIST_ONLY");
  private static final Set<String> SESSION_SCOPES = Set.of("", "SESSION", "LOCAL");
  private static final Set<String> GLOBAL_SCOPES = Set.of("GLOBAL", "PERSIST");

  private final SourceText source;
  private final Map<String, SqlMode> variables = new HashMap<>();
  private SqlMode global;
  private SqlMode current;

  /**
   * @param initial mode of the session when the program starts, and of sessions that start then
   */
  SqlModeTracker(SourceText source, SqlMode initial) {
    this.source = source;
    this.global = initial;
    this.current = initial;
  }

  SqlMode current() {
    return current;
  }

  /**
   * Processes the next statement.
   *
   * @param tokens without the END
   * @return the offset of a value for the session's mode that only the database knows
   */
  OptionalInt look(List<Token> tokens) {
    OptionalInt unknown = OptionalInt.empty();
    if (tokens.isEmpty() || !source.isWord(tokens.get(0), "SET")) {
      return unknown;
    }
    String scope = "";
    for (List<Token> assignment : assignments(tokens.subList(1, tokens.size()))) {
      int start = 0;
      if (SCOPES.contains(upper(assignment.get(0)))) {
        scope = upper(assignment.get(0)); // also applies to the assignments after it
        start = 1;
      }
      int equals = equalsSign(assignment);
      if (equals > start && equals + 1 < assignment.size()) {
        String target = target(assignment.subList(start, equals), scope);
        List<Token> value = assignment.subList(equals + 1, assignment.size());
        Optional<SqlMode> mode = value(value, 0);
        if (target.startsWith("@") && mode.isPresent()) {
          variables.put(target, mode.get());
        } else if (target.equals(GLOBAL_SQL_MODE)) {
          global = mode.orElse(global);
        } else if (target.equals(SQL_MODE)) {
          if (mode.isEmpty()) {
            unknown = OptionalInt.of(value.get(0).start());
          }
          current = mode.orElse(current);
        }
      }
    }
    return unknown;
  }

  /** Whether a statement sets the session's mode, and nothing else. */
  boolean setsModeOnly(List<Token> tokens) {
    if (tokens.size() < 2 || !source.isWord(tokens.get(0), "SET")) {
      return false;
    }
    List<List<Token>> assignments = assignments(tokens.subList(1, tokens.size()));
    if (assignments.size() != 1) {
      return false;
    }
    List<Token> one = assignments.get(0);
    int start = SCOPES.contains(upper(one.get(0))) ? 1 : 0;
    int equals = equalsSign(one);
    return equals > start
        && target(one.subList(start, equals), start == 1 ? upper(one.get(0)) : "").equals(SQL_MODE);
  }

  /**
   * One of the two modes, a user variable as {@code @name}, or an empty string for any other
   * target.
   */
  private String target(List<Token> tokens, String scope) {
    StringBuilder name = new StringBuilder();
    tokens.stream().filter(t -> !source.isMark(t, ':')).forEach(t -> name.append(plain(t)));
    String target = name.toString().toLowerCase(Locale.ROOT);
    return switch (target) {
      case "@@" + SQL_MODE, "@@session." + SQL_MODE, "@@local." + SQL_MODE -> SQL_MODE;
      case "@@" + GLOBAL_SQL_MODE, "@@persist." + SQL_MODE -> GLOBAL_SQL_MODE;
      case SQL_MODE ->
          SESSION_SCOPES.contains(scope)
              ? SQL_MODE
              : GLOBAL_SCOPES.contains(scope) ? GLOBAL_SQL_MODE : "";
      default -> target.startsWith("@") && !target.startsWith("@@") ? target : "";
    };
  }

  /** Empty if only the database knows the value. */
  private Optional<SqlMode> value(List<Token> tokens, int depth) {
    if (depth > DEEPEST) {
      return Optional.empty();
    }
    List<Token> value = withoutParentheses(tokens);
    if (value.size() == 1) {
      return single(value.get(0));
    }
    String variable = target(value, "");
    if (value.get(0).is(Kind.VARIABLE) && !variable.startsWith("@")) {
      return mode(variable);
    }
    int open = 0;
    while (open < value.size() && !source.isMark(value.get(open), '(')) {
      open++;
    }
    if (open == 0 || open + 1 >= value.size() || !isMark(value, value.size() - 1, ')')) {
      return Optional.empty();
    }
    List<SqlMode> arguments = new ArrayList<>();
    for (List<Token> argument : assignments(value.subList(open + 1, value.size() - 1))) {
      Optional<SqlMode> one = value(argument, depth + 1);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      arguments.add(one.get());
    }
    return call(upper(value.get(open - 1)), arguments);
  }

  private static Optional<SqlMode> call(String function, List<SqlMode> arguments) {
    SqlMode all = arguments.stream().reduce(SqlMode.DEFAULT, SqlMode::with);
    return switch (function) {
      case "CONCAT", "CONCAT_WS", "LIST_ADD", "TRIM", "UPPER" -> Optional.of(all);
      case "LIST_DROP", "REPLACE" ->
          arguments.size() < 2
              ? Optional.empty()
              : Optional.of(
                  arguments
                      .get(0)
                      .without(arguments.get(1))
                      .with(arguments.size() > 2 ? arguments.get(2) : SqlMode.DEFAULT));
      default -> Optional.empty();
    };
  }

  private Optional<SqlMode> single(Token token) {
    String text = source.text(token);
    return switch (token.kind()) {
      case STRING, QUOTED_NAME -> Optional.of(SqlMode.parse(plain(token)));
      case NUMBER ->
          text.matches("\\d{1,18}")
              ? Optional.of(SqlMode.ofBits(Long.parseLong(text)))
              : Optional.empty();
      case WORD -> Optional.of(text.equalsIgnoreCase("DEFAULT") ? global : SqlMode.parse(text));
      case VARIABLE -> mode(target(List.of(token), ""));
      default -> Optional.empty();
    };
  }

  private Optional<SqlMode> mode(String variable) {
    return switch (variable) {
      case SQL_MODE -> Optional.of(current);
      case GLOBAL_SQL_MODE -> Optional.of(global);
      default -> Optional.ofNullable(variables.get(variable));
    };
  }

  /** {@code (value)} and {@code (SELECT value)}. */
  private List<Token> withoutParentheses(List<Token> tokens) {
    List<Token> value = tokens;
    while (value.size() > 2 && isMark(value, 0, '(') && isMark(value, value.size() - 1, ')')) {
      int start = source.isWord(value.get(1), "SELECT") && value.size() > 3 ? 2 : 1;
      value = value.subList(start, value.size() - 1);
    }
    return value;
  }

  /** The lists between commas outside parentheses; empty lists are skipped. */
  private List<List<Token>> assignments(List<Token> tokens) {
    List<List<Token>> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= tokens.size(); i++) {
      if (i == tokens.size() || (depth == 0 && isMark(tokens, i, ','))) {
        if (i > start) {
          parts.add(tokens.subList(start, i));
        }
        start = i + 1;
      } else {
        depth += isMark(tokens, i, '(') ? 1 : isMark(tokens, i, ')') ? -1 : 0;
      }
    }
    return parts;
  }

  private int equalsSign(List<Token> tokens) {
    for (int i = 0; i < tokens.size(); i++) {
      if (isMark(tokens, i, '=')) {
        return i;
      }
    }
    return -1;
  }

  private boolean isMark(List<Token> tokens, int index, char mark) {
    return source.isMark(tokens.get(index), mark);
  }

  private String plain(Token token) {
    return switch (token.kind()) {
      case STRING -> StringLiteral.decode(source, token);
      case QUOTED_NAME -> NameParser.plain(source, token);
      default -> source.text(token);
    };
  }

  private String upper(Token token) {
    return token.is(Kind.WORD) ? source.text(token).toUpperCase(Locale.ROOT) : "";
  }
}
