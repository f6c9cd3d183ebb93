package org.seeql.launcher.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seeql.launcher.graph.TaskGraph;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.plan.ProgramCatalog;

/** Compares with golden files, like {@link WorkflowManifestsTest}. */
class ScheduleManifestsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/org/seeql/launcher/manifest");
  private static final String PROGRAM =
      """
      SELECT * FROM coco.images TO RUN seeql/vision
        CMD "detect", "--model=yolo", "--mode=append", "--only_new" INTO coco.objects;
      CREATE OR REPLACE VIEW coco.seen AS SELECT label, COUNT(*) FROM coco.objects GROUP BY label;
      """;

  private static List<Object> objects(String name, String program, SparkOperator operator) {
    return objects(name, program, operator, Concurrency.FORBID);
  }

  private static List<Object> objects(
      String name, String program, SparkOperator operator, Concurrency concurrency) {
    ProgramCatalog programs = ProgramCatalog.standard();
    Submission submission =
        new Submission(
            "any",
            "seeql",
            "registry.example/seeql:0.1.0",
            operator,
            ExecutorShape.DEFAULT,
            "seeql-database",
            new ImageStores(List.of(new ClaimMount("coco", "/datasets")), Optional.empty()),
            UserContainers.NONE,
            new Submission.Policy(Optional.empty(), 2, Optional.empty()),
            OptionSet.NONE);
    Schedule schedule =
        new Schedule(name, CronTimes.parse("0 2 * * *", "Europe/Berlin"), concurrency);
    TaskGraph graph = TaskGraph.of(ProgramParser.parse(program), programs);
    return new ScheduleManifests(schedule, submission, program, graph, programs).objects();
  }

  @ParameterizedTest
  @EnumSource(SparkOperator.class)
  void runsAProgramOnASchedule(SparkOperator operator) throws IOException {
    String actual = Manifests.yaml(objects("nightly", PROGRAM, operator));

    Path file = GOLDEN.resolve("schedule-" + operator.name().toLowerCase(Locale.ROOT) + ".yaml");
    if ("write".equals(System.getProperty("seeql.golden"))) {
      Files.writeString(file, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(file));
  }

  @Test
  void givesEachProgramItsOwnConfigMap() throws IOException {
    String one = configMap(objects("nightly", PROGRAM, SparkOperator.NONE));
    String same = configMap(objects("nightly", PROGRAM, SparkOperator.NONE));
    String other = configMap(objects("nightly", PROGRAM + "SELECT 1;", SparkOperator.NONE));

    assertThat(one).matches("nightly-[0-9a-f]{12}").isEqualTo(same).isNotEqualTo(other);
  }

  private static String configMap(List<Object> objects) throws IOException {
    JsonNode tree = new YAMLMapper().readTree(Manifests.yaml(List.of(objects.get(0))));
    return tree.path("metadata").path("name").asText();
  }

  @Test
  void refusesToReplaceARunWhoseApplicationWouldContinue() {
    assertThatThrownBy(
            () -> objects("nightly", PROGRAM, SparkOperator.KUBEFLOW, Concurrency.REPLACE))
        .isInstanceOf(SubmissionException.class)
        .hasMessage(
            "Cannot use --concurrency=replace with --operator=kubeflow: the earlier run's "
                + "SparkApplication would continue next to the new run; use --concurrency=forbid, "
                + "or --operator=none");
    assertThat(objects("nightly", PROGRAM, SparkOperator.NONE, Concurrency.REPLACE)).hasSize(2);
  }

  @Test
  void limitsTheNameByTheLengthOfRunIds() {
    String longest = "nightly-inventory1";

    assertThat(longest + "-1795485600" + "-2").hasSizeLessThanOrEqualTo(32);
    assertThat(objects(longest, PROGRAM, SparkOperator.KUBEFLOW)).hasSize(2);
    assertThatThrownBy(() -> objects(longest + "23", PROGRAM, SparkOperator.KUBEFLOW))
        .isInstanceOf(SubmissionException.class)
        .hasMessage(
            "Invalid --name: 'nightly-inventory123' has 20 characters (at most 19, because "
                + "the ids of its runs add the time and the statement to it and have at most 32)");
  }
}
