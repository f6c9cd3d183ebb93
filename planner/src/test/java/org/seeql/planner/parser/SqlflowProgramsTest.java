package org.seeql.planner.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Programs from SQLFlow's tests and from the thesis, with their expected parse. They come from a
 * file outside the repository ({@code shared/data/sqlflow-programs.jsonl} in a parent folder), and
 * are skipped without it. {@link ProgramMeaningsTest} covers the same clauses with programs of this
 * repository.
 */
class SqlflowProgramsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "shared/data/sqlflow-programs.jsonl";

  @TestFactory
  Stream<DynamicTest> eachProgramHasTheMeaningThatItsFileSays() throws IOException {
    return programs().stream()
        .map(
            p ->
                DynamicTest.dynamicTest(
                    p.get("id").asText(),
                    () -> ProgramMeaning.check(p.get("program").asText(), p.get("expect"))));
  }

  @Test
  void theFileHoldsAllPrograms() throws IOException {
    assertThat(programs()).hasSizeGreaterThanOrEqualTo(224);
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
