package org.seeql.launcher.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true, https = false)
class RunReaderTest {
  /** Nodes in the format of Argo 4.1: the graph, its tasks, and the parts of the exit handler. */
  private static final String NODES =
      """
      {"RUN": {"id": "RUN", "displayName": "RUN", "type": "DAG", "phase": "Failed"},
       "RUN-1": {"displayName": "statement-1", "boundaryID": "RUN", "type": "Pod",
         "phase": "Succeeded", "startedAt": "2026-11-23T00:45:25Z",
         "finishedAt": "2026-11-23T00:47:02Z"},
       "RUN-2": {"displayName": "statement-2", "boundaryID": "RUN", "type": "Pod",
         "phase": "Failed", "message": "main: Error (exit code 2)"},
       "RUN-3": {"displayName": "statement-3", "boundaryID": "RUN", "type": "Skipped",
         "phase": "Omitted"},
       "RUN-9": {"displayName": "stop-spark", "boundaryID": "RUN-8", "phase": "Skipped"}}
      """
          .replace("RUN", MockCluster.RUN);

  KubernetesMockServer server;
  KubernetesClient client;
  private MockCluster mock;

  @BeforeEach
  void submit() {
    mock = new MockCluster(server, client).withAll();
    mock.submit();
  }

  private RunStatus status() {
    return new RunReader(mock.cluster()).status(MockCluster.RUN);
  }

  private static String packed(String nodes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(nodes.getBytes(UTF_8));
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  @Test
  void reportsTheArgoAndSparkStateOfEachStatement() {
    mock.setArgoStatus("{\"phase\": \"Failed\", \"progress\": \"1/2\", \"nodes\": " + NODES + "}");
    mock.make(
        ObjectKind.KUBEFLOW_APPLICATION,
        2,
        "{\"applicationState\": {\"state\": \"FAILED\", \"errorMessage\": \"exit code 1\"}}");
    mock.pod("exec", 2, "executor", "spark-kubernetes-executor", "Running");

    RunStatus status = status();

    assertThat(status.summary().phase()).isEqualTo("Failed");
    assertThat(status.summary().progress()).isEqualTo("1/2");
    assertThat(status.tasks())
        .containsExactly(
            new TaskStatus(
                1,
                "CREATE OR REPLACE MODEL m OPTIONS (uri = '…')",
                "Succeeded",
                Optional.empty(),
                0,
                Optional.of(Instant.parse("2026-11-23T00:45:25Z")),
                Optional.of(Instant.parse("2026-11-23T00:47:02Z")),
                "",
                Optional.empty()),
            new TaskStatus(
                2,
                "SELECT * FROM d.i TO RUN seeql/vision CMD '…', '…' INTO d.objects",
                "Failed",
                Optional.of("FAILED"),
                1,
                Optional.empty(),
                Optional.empty(),
                "exit code 1",
                Optional.empty()),
            new TaskStatus(
                3,
                "CREATE TABLE d.found AS SELECT * FROM d.objects",
                "Omitted",
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.empty()));
  }

  private void waits(int statement, PodStatus status) {
    client
        .resource(
            new PodBuilder(mock.pod("step-" + statement, statement, "", "main", "Pending"))
                .withStatus(status)
                .build())
        .update();
  }

  @Test
  void reportsWhyAPodDoesNotStart() {
    mock.setArgoStatus("{\"phase\": \"Running\"}");
    waits(
        1,
        new PodStatusBuilder()
            .withPhase("Pending")
            .addNewContainerStatus()
            .withName("main")
            .withNewState()
            .withNewWaiting()
            .withReason("CreateContainerConfigError")
            .withMessage("couldn't find key sqlflow-datasource in Secret vision/seeql-database")
            .endWaiting()
            .endState()
            .endContainerStatus()
            .build());
    waits(
        3,
        new PodStatusBuilder()
            .withPhase("Pending")
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus("False")
            .withReason("Unschedulable")
            .withMessage("0/1 nodes are available: 1 Insufficient memory.")
            .endCondition()
            .build());

    assertThat(status().tasks())
        .extracting(task -> task.waiting().map(TaskStatus.Waiting::toString).orElse(""))
        .containsExactly(
            "pod step-1 waits: CreateContainerConfigError: couldn't find key sqlflow-datasource in Secret vision/seeql-database",
            "",
            "pod step-3 waits: Unschedulable: 0/1 nodes are available: 1 Insufficient memory.");
  }

  @Test
  void reportsNoProblemOfAPodThatStartsNormally() {
    waits(
        1,
        new PodStatusBuilder()
            .withPhase("Pending")
            .addNewContainerStatus()
            .withName("main")
            .withNewState()
            .withNewWaiting()
            .withReason("ContainerCreating")
            .endWaiting()
            .endState()
            .endContainerStatus()
            .build());

    assertThat(status().tasks()).allSatisfy(task -> assertThat(task.waiting()).isEmpty());
  }

  @Test
  void readsCompressedNodes() throws IOException {
    mock.setArgoStatus(
        "{\"phase\": \"Failed\", \"compressedNodes\": \"%s\"}".formatted(packed(NODES)));

    assertThat(status().tasks())
        .extracting(TaskStatus::phase)
        .containsExactly("Succeeded", "Failed", "Omitted");
  }

  @Test
  void usesPodsAndSparkIfNodesCannotBeRead() {
    mock.setArgoStatus("{\"phase\": \"Running\", \"offloadNodeStatusVersion\": \"fnv:1\"}");
    mock.pod("step", 1, "", "main", "Succeeded");
    mock.make(
        ObjectKind.KUBEFLOW_APPLICATION, 2, "{\"applicationState\": {\"state\": \"RUNNING\"}}");
    mock.pod("driver", 2, "driver", "spark-kubernetes-driver", "Running");

    assertThat(status().tasks())
        .extracting(TaskStatus::phase)
        .containsExactly("Succeeded", "Running", "Pending");
  }

  @Test
  void readsTheEndOfAnApacheApplicationFromItsHistory() {
    String history = "\"stateTransitionHistory\": {\"0\": {\"currentStateSummary\": \"%s\"}}";
    String released = "\"currentState\": {\"currentStateSummary\": \"ResourceReleased\"}";
    mock.make(
        ObjectKind.APACHE_APPLICATION,
        1,
        "{" + released + ", " + history.formatted("Succeeded") + "}");
    mock.make(
        ObjectKind.APACHE_APPLICATION,
        2,
        "{" + released + ", " + history.formatted("DriverStartTimedOut") + "}");

    assertThat(status().tasks())
        .extracting(TaskStatus::spark)
        .containsExactly(Optional.of("Succeeded"), Optional.of("Failed"), Optional.empty());
  }

  @Test
  void reportsTheMessageOfAnApacheDriverAfterItsPodIsDeleted() {
    mock.make(
        ObjectKind.APACHE_APPLICATION,
        2,
        """
        {"currentState": {"currentStateSummary": "TerminatedWithoutReleaseResources"},
         "stateTransitionHistory": {
           "3": {"currentStateSummary": "RunningHealthy", "message": "Application is running healthy."},
           "4": {"currentStateSummary": "Failed", "message": "Driver has one or more failed critical container(s)",
             "lastObservedDriverStatus": {"containerStatuses": [{"name": "spark-kubernetes-driver",
               "state": {"terminated": {"exitCode": 1,
                 "message": "WARNING: Using incubator modules\\nCannot run the statement: no\\n"}}}]}}}}
        """);

    assertThat(status().tasks().get(1).message()).isEqualTo("Cannot run the statement: no");
  }

  @Test
  void listsOnlyWorkflowsOfSeeql() {
    mock.setArgoStatus(
        "{\"phase\": \"Succeeded\", \"startedAt\": \"2026-11-23T00:00:00Z\","
            + " \"finishedAt\": \"2026-11-23T00:02:30Z\"}");
    client
        .genericKubernetesResources(ObjectKind.WORKFLOW.context())
        .inNamespace(MockCluster.NAMESPACE)
        .resource(
            Json.resource(
                Json.object()
                    .put("apiVersion", "argoproj.io/v1alpha1")
                    .put("kind", "Workflow")
                    .set("metadata", Json.object().put("name", "somebody-elses"))))
        .create();

    List<WorkflowSummary> runs = new RunReader(mock.cluster()).list();

    assertThat(runs).extracting(WorkflowSummary::run).containsExactly(MockCluster.RUN);
    assertThat(runs.get(0).program()).isEqualTo("CREATE OR REPLACE MODEL m OPTIONS (uri = '…')");
    assertThat(runs.get(0).duration(Instant.MAX)).contains(Duration.ofSeconds(150));
  }

  @Test
  void refusesAnUnknownRun() {
    assertThatThrownBy(() -> new RunReader(mock.cluster()).status("seeql-0"))
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            "Unknown run 'seeql-0' in namespace vision; seeql list shows the existing runs "
                + "(ended runs are kept for a week)");
  }

  @Test
  void refusesASelectorAsRunName() {
    assertThatThrownBy(() -> new RunReader(mock.cluster()).status("a,b=c"))
        .hasMessage(
            "Invalid run: 'a,b=c' (at most 63 of a-z, 0-9 and '-', beginning with a letter)");
  }
}
