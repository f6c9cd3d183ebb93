package org.seeql.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.launcher.cluster.LogRequest.Extent;
import org.seeql.launcher.cluster.LogRequest.Part;

@EnableKubernetesMockClient(crud = true, https = false)
class RunLogsTest {
  KubernetesMockServer server;
  KubernetesClient client;
  private MockCluster mock;
  private final List<String> printed = new ArrayList<>();

  private final LogSink sink =
      new LogSink() {
        @Override
        public void line(int statement, String source, String text) {
          printed.add(statement + " " + source + ": " + text);
        }

        @Override
        public void note(String text) {
          printed.add("note: " + text);
        }
      };

  @BeforeEach
  void submit() {
    mock = new MockCluster(server, client).withAll();
    mock.submit();
  }

  private void print(OptionalInt statement, Part part) {
    new RunLogs(mock.cluster())
        .print(new LogRequest(MockCluster.RUN, statement, part, Extent.PRESENT), sink);
  }

  @Test
  void printsTheDriverLogInsteadOfTheStepLog() {
    mock.pod("step-2", 2, "", "main", "Succeeded");
    mock.pod("driver-2", 2, "driver", "spark-kubernetes-driver", "Succeeded");
    mock.log("driver-2", "spark-kubernetes-driver", "50 images\nthrough m\n");
    mock.pod("exec-1", 2, "executor", "spark-kubernetes-executor", "Succeeded");
    mock.log("exec-1", "spark-kubernetes-executor", "a task\n");

    print(OptionalInt.of(2), Part.DRIVER);

    assertThat(printed).containsExactly("2 driver: 50 images", "2 driver: through m");

    printed.clear();
    print(OptionalInt.of(2), Part.ALL);

    assertThat(printed).endsWith("2 executor 1: a task");
  }

  @Test
  void printsAStepLogWithoutArgosLinesAndNotesUnstartedStatements() {
    mock.pod("step-1", 1, "", "main", "Succeeded");
    mock.log(
        "step-1",
        "main",
        "time=2026-11-23T01:19:26Z level=INFO msg=\"waiting for signals\" argo=true\nCreated\n");
    mock.pod("driver-2", 2, "driver", "spark-kubernetes-driver", "Pending");

    print(OptionalInt.empty(), Part.DRIVER);

    assertThat(printed).contains("1 step: Created", "note: Statement 3 has no pod").hasSize(3);
  }

  @Test
  void refusesAStatementThatIsNotInTheRun() {
    assertThatThrownBy(() -> print(OptionalInt.of(4), Part.DRIVER))
        .isInstanceOf(ClusterException.class)
        .hasMessage("Unknown statement '4' of run %s; known: 1, 2, 3".formatted(MockCluster.RUN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "WARNING: Using incubator modules\\nCannot connect to h:1 as 'u': refused\\n26/11/23"
            + " 01:00:00 INFO ShutdownHookManager: Shutdown | Cannot connect to h:1 as 'u': refused",
        "Cannot run the statement at line 1, column 1: 2 problems\\n  - a\\n  - b\\nError: exit"
            + " status 1 | Cannot run the statement at line 1, column 1: 2 problems\\n  - a\\n  - b",
        "run\\n\u001b[31mUnknown model 'x'\u001b[0m\\ntime=1 level=INFO msg=x | Unknown model 'x'",
        "Exception in thread \"main\" java.lang.Error: e\\n\\tat a.B.c(B.java:1) | Exception in"
            + " thread \"main\" java.lang.Error: e",
        "sh: not found | sh: not found"
      })
  void findsTheCauseInALog(String log, String cause) {
    String text = log.replace("\\n", "\n").replace("\\t", "\t");

    assertThat(FailureCauses.cause(text)).contains(cause.replace("\\n", "\n"));
  }

  @Test
  void findsNoCauseInALogOfNoiseOnly() {
    assertThat(FailureCauses.cause("\n  \nWARNING: x\n")).isEmpty();
  }
}
