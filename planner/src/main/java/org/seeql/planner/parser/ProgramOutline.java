package org.seeql.planner.parser;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.seeql.planner.statement.Program;

/**
 * Describes a parsed program. The tree form consists of maps, lists, strings, numbers and booleans
 * for a JSON library. The text form consists of lines for people. Maps keep the order of their
 * fields.
 */
public final class ProgramOutline {
  private static final int WIDEST_VALUE = 100;

  private ProgramOutline() {}

  /** {@code {"statements": […]}}. */
  public static Map<String, Object> toTree(Program program) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("statements", statements(program));
    return tree;
  }

  /** {@code {"error": {…}}}. */
  public static Map<String, Object> toTree(SqlSyntaxException refusal) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("line", refusal.position().line());
    error.put("column", refusal.position().column());
    error.put("message", refusal.problem());
    error.put("source_line", refusal.sourceLine());
    error.put("expected", refusal.expected());
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("error", error);
    return tree;
  }

  /**
   * One paragraph per statement: its kind and position, and one line for each field with a value.
   */
  public static String toText(Program program) {
    if (program.statements().isEmpty()) {
      return "no statements\n";
    }
    StringBuilder text = new StringBuilder();
    int number = 0;
    for (Map<String, Object> statement : statements(program)) {
      number++;
      text.append(number).append(". ");
      append(text, statement, "   ");
    }
    return text.toString();
  }

  private static List<Map<String, Object>> statements(Program program) {
    StatementTree trees = new StatementTree();
    return program.statements().stream().map(s -> s.accept(trees)).toList();
  }

  private static void append(StringBuilder text, Map<String, Object> statement, String indent) {
    text.append(
        "%s at line %s, column %s%n"
            .formatted(
                statement.get("kind"), statement.get("start_line"), statement.get("start_column")));
    statement.forEach(
        (field, value) -> {
          if (field.equals("statement")) {
            text.append(indent).append("of ");
            append(text, asTree(value), indent + "   ");
          } else if (!field.equals("kind") && !field.startsWith("start_") && hasValue(value)) {
            String shown = field.equals("predicate") ? condition(value) : shown(value);
            text.append(indent).append("%-10s %s%n".formatted(field, shown));
          }
        });
  }

  @SuppressWarnings("unchecked") // the field is a statement's tree, created above
  private static Map<String, Object> asTree(Object value) {
    return (Map<String, Object>) value;
  }

  /** A predicate's tree as text, with more parentheses than necessary. */
  private static String condition(Object tree) {
    if (!(tree instanceof Map<?, ?> map)) {
      return "'" + tree + "'";
    }
    if (map.get("not") != null) {
      return "NOT " + condition(map.get("not"));
    }
    boolean all = map.get("and") != null;
    List<?> parts = (List<?>) map.get(all ? "and" : "or");
    return parts.stream()
        .map(ProgramOutline::condition)
        .collect(Collectors.joining(all ? " AND " : " OR ", "(", ")"));
  }

  private static boolean hasValue(Object value) {
    return value != null
        && !value.equals(false)
        && !Objects.equals(value, List.of())
        && !Objects.equals(value, Map.of());
  }

  private static String shown(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(e -> e.getKey() + " = " + e.getValue())
          .collect(Collectors.joining(", "));
    }
    String line = String.valueOf(value).replaceAll("\\s+", " ");
    return line.length() > WIDEST_VALUE ? line.substring(0, WIDEST_VALUE - 1) + "…" : line;
  }
}
