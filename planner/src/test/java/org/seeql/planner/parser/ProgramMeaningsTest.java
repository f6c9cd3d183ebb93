package org.seeql.planner.parser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Programs with all clauses, with their expected parse, in {@code programs.yaml}. */
class ProgramMeaningsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> eachProgramHasTheMeaningThatItsFileSays() throws IOException {
    return programs().stream()
        .map(
            p ->
                DynamicTest.dynamicTest(
                    p.get("id").asText(),
                    () -> ProgramMeaning.check(p.get("program").asText(), expected(p))));
  }

  @Test
  void theFileHasEveryKindOfStatement() throws IOException {
    Set<String> kinds = new TreeSet<>();
    for (JsonNode program : programs()) {
      program.findValues("kind").forEach(kind -> kinds.add(kind.asText()));
    }

    assertThat(kinds)
        .containsExactly(
            "create_model",
            "describe_model",
            "drop_model",
            "evaluate",
            "explain",
            "explain_plan",
            "find",
            "predict",
            "run",
            "show_models",
            "show_train",
            "sql",
            "train");
  }

  private static JsonNode expected(JsonNode program) {
    ObjectNode expected = JSON.createObjectNode();
    if (!program.has("error")) {
      return expected.set("statements", program.get("means"));
    }
    ObjectNode error = program.get("error").deepCopy();
    error.set("column_min", error.get("column"));
    error.set("column_max", error.get("column"));
    return expected.set("error", error);
  }

  private static List<JsonNode> programs() throws IOException {
    try (InputStream file = ProgramMeaningsTest.class.getResourceAsStream("programs.yaml")) {
      Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
      List<JsonNode> programs = new ArrayList<>();
      JSON.valueToTree(document).forEach(programs::add);
      return programs;
    }
  }
}
