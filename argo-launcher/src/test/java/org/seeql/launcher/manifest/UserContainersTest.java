package org.seeql.launcher.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.statement.RunStatement;

class UserContainersTest {
  private static Container container(String cpus, String memory, String gpus) {
    UserContainers containers =
        new UserContainers(
            List.of("a/b"),
            Optional.ofNullable(cpus),
            Optional.ofNullable(memory),
            ContainerGpus.parse(gpus));
    Submission submission =
        new Submission(
            "any",
            "seeql",
            "registry.example/seeql:1",
            SparkOperator.NONE,
            ExecutorShape.DEFAULT,
            "seeql-database",
            ImageStores.NONE,
            containers,
            new Submission.Policy(Optional.empty(), 0, Optional.empty()),
            OptionSet.NONE);
    RunStatement statement =
        (RunStatement)
            ProgramParser.parse("SELECT 1 FROM t TO RUN a/b CMD 'own' INTO d.t")
                .statements()
                .get(0);
    return new StepContainers(submission).foreign(statement, 1);
  }

  private static Map<String, String> variables(Container container) {
    return container.getEnv().stream()
        .filter(variable -> variable.getValue() != null)
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }

  @Test
  void requestsWhatTheOptionsSay() {
    Container container = container("1500m", "4g", "2");

    assertThat(container.getResources().getRequests()).hasToString("{cpu=1500m, memory=4Gi}");
    assertThat(container.getResources().getLimits()).hasToString("{memory=4Gi, nvidia.com/gpu=2}");
    assertThat(variables(container))
        .containsEntry("NVIDIA_DRIVER_CAPABILITIES", "compute,utility")
        .doesNotContainKey("NVIDIA_VISIBLE_DEVICES");
  }

  @Test
  void withoutAGpuNoneIsVisible() {
    Container container = container(null, null, "0");

    assertThat(container.getResources()).isNull();
    assertThat(variables(container))
        .containsEntry("NVIDIA_VISIBLE_DEVICES", "void")
        .doesNotContainKey("NVIDIA_DRIVER_CAPABILITIES");
  }

  @Test
  void allGpusAreVisibleWithoutARequest() {
    Container container = container(null, "512m", "all");

    assertThat(container.getResources().getLimits()).hasToString("{memory=512Mi}");
    assertThat(variables(container))
        .containsEntry("NVIDIA_VISIBLE_DEVICES", "all")
        .containsEntry("NVIDIA_DRIVER_CAPABILITIES", "compute,utility");
  }

  @Test
  void aProgramLearnsWhereItRuns() {
    assertThat(variables(container(null, null, "0")))
        .containsEntry("SQLFLOW_TO_RUN_INTO", "d.t")
        .containsEntry("SQLFLOW_DB_TYPE", "mysql")
        .containsEntry("SQLFLOW_DEPLOYMENT_PLATFORM", "Kubernetes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0    | 1g | 0   | Invalid --container-cpus: '0' (such as 1 or 500m)",
        "1    | 1  | 0   | Invalid --container-memory: '1' (such as 512m or 4g)",
        "500m | 2g | one | Invalid --container-gpus: 'one' (a number from 0, or all)"
      })
  void refusesWhatIsNoAmount(String cpus, String memory, String gpus, String message) {
    assertThatThrownBy(() -> container(cpus, memory, gpus))
        .isInstanceOf(SubmissionException.class)
        .hasMessage(message);
  }
}
