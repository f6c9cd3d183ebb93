package org.seeql.planner.parser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Compares the parse of a program with its expected meaning, in the form of {@code seeql parse}.
 */
final class ProgramMeaning {
  private static final ObjectMapper JSON = new ObjectMapper();

  // a string or quoted name, otherwise a comment or whitespace
  private static final Pattern STRING_OR_BLANK =
      Pattern.compile(
          "('(?:[^'\\\\]|\\\\.|'')*'|\"(?:[^\"\\\\]|\\\\.|\"\")*\"|`[^`]*`)"
              + "|(?:--(?=\\s|$)[^\\n]*|#[^\\n]*|/\\*.*?\\*/|\\s+)",
          Pattern.DOTALL);

  private ProgramMeaning() {}

  /**
   * Parses a program, and compares the result.
   *
   * @param expected {@code statements}, {@code error}, or {@code any_of} several of them
   */
  static void check(String program, JsonNode expected) {
    JsonNode actual = JSON.valueToTree(parse(program));
    if (expected.has("any_of")) {
      assertThat(expected.get("any_of")).anySatisfy(one -> compare(actual, one));
    } else {
      compare(actual, expected);
    }
  }

  private static Map<String, Object> parse(String text) {
    try {
      return ProgramOutline.toTree(ProgramParser.parse(text));
    } catch (SqlSyntaxException e) {
      return ProgramOutline.toTree(e);
    }
  }

  private static void compare(JsonNode actual, JsonNode expected) {
    if (expected.has("error")) {
      assertThat(actual.has("error")).as("refused: %s", actual).isTrue();
      JsonNode place = expected.get("error");
      JsonNode error = actual.get("error");
      assertThat(error.get("line").asInt()).as("%s", error).isEqualTo(place.get("line").asInt());
      if (place.has("column_min")) {
        assertThat(error.get("column").asInt())
            .as("%s", error)
            .isBetween(place.get("column_min").asInt(), place.get("column_max").asInt());
      }
      for (JsonNode mentioned : place.path("mentions")) {
        assertThat(error.toString()).contains(mentioned.asText());
      }
      return;
    }
    assertThat(actual.has("statements")).as("understood: %s", actual).isTrue();
    ArrayNode statements = (ArrayNode) actual.get("statements");
    ArrayNode meant = (ArrayNode) expected.get("statements");
    assertThat(statements).as("%s", statements).hasSize(meant.size());
    for (int i = 0; i < meant.size(); i++) {
      ObjectNode statement = (ObjectNode) statements.get(i);
      statement.remove(List.of("start_line", "start_column"));
      if (!expected.get("statements").get(i).has("select") && !meant.get(i).has("sql")) {
        statement.remove(List.of("select", "sql"));
      }
      assertThat(canonical(statement)).isEqualTo(canonical(meant.get(i)));
    }
  }

  /** Normalizes whitespace and comments in SQL, empty fields, and number formats. */
  private static JsonNode canonical(JsonNode node) {
    if (node.isNumber()) {
      return JSON.getNodeFactory().numberNode(node.doubleValue());
    }
    if (node.isArray()) {
      ArrayNode array = JSON.createArrayNode();
      node.forEach(item -> array.add(canonical(item)));
      return array;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode object = JSON.createObjectNode();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      JsonNode value = field.getValue();
      boolean nothing = value.isNull() || (value.isContainerNode() && value.isEmpty());
      if (List.of("sql", "select").contains(field.getKey())) {
        object.put(field.getKey(), STRING_OR_BLANK.matcher(value.asText()).replaceAll("$1"));
      } else if (!nothing) {
        object.set(field.getKey(), canonical(value));
      }
    }
    return object;
  }
}
