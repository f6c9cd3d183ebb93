package org.seeql.planner.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Programs from SQLFlow's tests and from the thesis, with their expected parse. They come from a
 * file outside the repository ({@code shared/data/sqlflow-programs.jsonl} in a parent folder).
 */
class SqlflowProgramsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "shared/data/sqlflow-programs.jsonl";

  // a string or quoted name, otherwise a comment or whitespace
  private static final Pattern STRING_OR_BLANK =
      Pattern.compile(
          "('(?:[^'\\\\]|\\\\.|'')*'|\"(?:[^\"\\\\]|\\\\.|\"\")*\"|`[^`]*`)"
              + "|(?:--(?=\\s|$)[^\\n]*|#[^\\n]*|/\\*.*?\\*/|\\s+)",
          Pattern.DOTALL);

  @TestFactory
  Stream<DynamicTest> eachProgramHasTheMeaningThatItsFileSays() throws IOException {
    return programs().stream()
        .map(p -> DynamicTest.dynamicTest(p.get("id").asText(), () -> check(p)));
  }

  @Test
  void theFileHoldsAllPrograms() throws IOException {
    assertThat(programs()).hasSizeGreaterThanOrEqualTo(224);
  }

  private static void check(JsonNode program) {
    JsonNode actual = JSON.valueToTree(parse(program.get("program").asText()));
    JsonNode expected = program.get("expect");
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

  private static List<JsonNode> programs() throws IOException {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve(FILE))) {
      folder = folder.getParent();
    }
    assumeTrue(folder != null, FILE + " is not next to the repository");
    List<JsonNode> programs = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(FILE))) {
      programs.add(JSON.readTree(line));
    }
    return programs;
  }
}
