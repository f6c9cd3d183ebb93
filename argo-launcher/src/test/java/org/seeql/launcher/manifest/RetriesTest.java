package org.seeql.launcher.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.launcher.graph.TaskGraph;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.plan.ProgramCatalog;

/** The retries of a driver without an operator, by the rules of Argo's controller. */
class RetriesTest {
  private static final int ATTEMPTS = 12;

  private static ObjectNode strategy(int retries) {
    String text = "SELECT * FROM d.i TO RUN x CMD 'detect', '--model=m' INTO d.a";
    Submission submission =
        new Submission(
            "any",
            "seeql",
            "registry.example/seeql:1",
            SparkOperator.NONE,
            ExecutorShape.DEFAULT,
            "seeql-database",
            ImageStores.NONE,
            UserContainers.NONE,
            new Submission.Policy(Optional.empty(), retries, Optional.empty()),
            OptionSet.NONE);
    ProgramCatalog programs = ProgramCatalog.standard();
    TaskGraph graph = TaskGraph.of(ProgramParser.parse(text), programs, OptionSet.NONE);
    ObjectNode workflow =
        Manifests.tree(new WorkflowManifests(submission, text, graph, programs).objects().get(1));
    return (ObjectNode) workflow.at("/spec/templates/1/retryStrategy");
  }

  /**
   * The pause before the next attempt, empty if there is none. Source: processNodeRetries in
   * workflow/controller/operator.go of Argo Workflows 4.1.
   *
   * @param attempts the number of ended attempts
   * @param sinceFirst the time since the start of the first one
   */
  private static Optional<Duration> pause(JsonNode strategy, int attempts, Duration sinceFirst) {
    JsonNode backoff = strategy.path("backoff");
    if (backoff.has("maxDuration")
        && sinceFirst.compareTo(duration(backoff.path("maxDuration"))) > 0) {
      return Optional.empty();
    }
    if (attempts > strategy.path("limit").asInt()) {
      return Optional.empty();
    }
    double factor = Math.pow(backoff.path("factor").asInt(), attempts - 1);
    Duration pause =
        Duration.ofMillis((long) (duration(backoff.path("duration")).toMillis() * factor));
    Duration cap = duration(backoff.path("cap"));
    return Optional.of(pause.compareTo(cap) > 0 ? cap : pause);
  }

  private static Duration duration(JsonNode text) {
    return Duration.parse("PT" + text.asText());
  }

  @ParameterizedTest
  @CsvSource({"1, PT1M, PT10S", "1, PT3H, PT10S", "2, PT72H, PT20S"})
  void aLostDriverIsStartedAgainHoweverLongItHasRun(int attempts, Duration after, Duration pause) {
    assertThat(pause(strategy(2), attempts, after)).contains(pause);
  }

  @Test
  void theNumberOfRetriesIsTheLimit() {
    assertThat(pause(strategy(2), 3, Duration.ofMinutes(1))).isEmpty();
  }

  @Test
  void pausesDoNotGrowWithoutLimit() {
    assertThat(pause(strategy(ATTEMPTS), ATTEMPTS, Duration.ofHours(1)))
        .contains(Duration.ofMinutes(5));
  }

  @Test
  void aMaximumDurationWouldEndTheRetries() {
    ObjectNode strategy = strategy(2);
    strategy.withObject("/backoff").put("maxDuration", "10m");

    assertThat(pause(strategy, 1, Duration.ofHours(3))).isEmpty();
  }
}
