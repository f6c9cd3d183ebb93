package org.seeql.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProgramCatalogTest {
  @Test
  void everyDefaultOfThePackagedProgramsIsAllowed() {
    ProgramCatalog catalog = ProgramCatalog.standard();

    assertThat(catalog.names()).contains("detect", "classify", "tag", "embed", "run_yolov5.py");
    for (String name : catalog.names()) {
      RunOptions.parse(catalog.find(name).orElseThrow().defaults().without("model"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyTaskHasAPackagedProgramOfItsName(VisionTask task) {
    assertThat(ProgramCatalog.standard().find(task.toString()).map(ProgramDefinition::task))
        .contains(task);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "programs: [a]|programs is not a mapping: [a]",
        "{}|programs is not a mapping: null",
        "''|the file is not a mapping: null",
        "program: {}|Unknown key 'program'; known: programs; in the file",
        "programs: {p: {tsk: detect}}|Unknown key 'tsk'; known: task, options, arguments; in p",
        "programs: {p: {task: detct}}|Unknown task of p 'detct'; known: detect, tag, embed, classify",
        "programs: {p: {}}|Unknown task of p 'null'; known: tag, embed, detect, classify",
        "'programs: {p: {task: detect, arguments: {l: x}}}'|Unknown argument l of p 'x'; known:"
            + " class_ids, model_number, latency_seconds, wrong_class_every"
      })
  void refusesAFileOfAnotherForm(String yaml, String reason) {
    assertThatThrownBy(() -> ProgramCatalog.load(new StringReader(yaml)))
        .isInstanceOf(PlanningException.class)
        .hasMessage("Cannot read the programs of conf/programs.yaml: " + reason);
  }

  @Test
  void refusesAFileThatIsNotYaml() {
    assertThatThrownBy(() -> ProgramCatalog.load(new StringReader("a: [")))
        .isInstanceOf(PlanningException.class)
        .hasMessageStartingWith("Cannot read the programs of conf/programs.yaml: not YAML: ");
  }
}
