package org.seeql.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seeql.launcher.cluster.RunResumer.HalfDone;
import org.seeql.launcher.manifest.Labels;

/** Tests waiting for a run, cancelling it, and resuming it. */
@EnableKubernetesMockClient(crud = true, https = false)
class RunEndTest {
  private static final Duration SHORT = Duration.ofMillis(5);
  private static final Duration LONG = Duration.ofSeconds(30);

  KubernetesMockServer server;
  KubernetesClient client;
  private MockCluster mock;

  @BeforeEach
  void submit() {
    mock = new MockCluster(server, client).withAll();
    mock.submit();
  }

  private RunCanceller canceller(Duration grace, Duration patience) {
    return new RunCanceller(mock.cluster(), SHORT, grace, patience);
  }

  /** Simulates Argo: ends the workflow when it is shut down with this strategy. */
  private Thread argoThatHears(String strategy) {
    Thread argo =
        new Thread(
            () -> {
              while (!strategy.equals(
                  new RunObject(mock.workflow()).spec().path("shutdown").asText())) {
                RunWaiter.sleep(SHORT);
              }
              mock.setArgoStatus("{\"phase\": \"Failed\", \"message\": \"Stopped\"}");
            });
    argo.setDaemon(true);
    argo.start();
    return argo;
  }

  private long podsLeft() {
    return client
        .pods()
        .inNamespace(MockCluster.NAMESPACE)
        .withLabel(Labels.WORKFLOW, MockCluster.RUN)
        .list()
        .getItems()
        .size();
  }

  @Test
  void cancelStopsArgoAndSparkAndLeavesNoPod() throws Exception {
    mock.setArgoStatus("{\"phase\": \"Running\"}");
    mock.make(
        ObjectKind.KUBEFLOW_APPLICATION, 2, "{\"applicationState\": {\"state\": \"RUNNING\"}}");
    mock.pod("driver", 2, "driver", "spark-kubernetes-driver", "Running");
    mock.pod("step", 2, "", "main", "Running");
    Thread argo = argoThatHears("Stop");

    RunStatus left = canceller(LONG, LONG).cancel(MockCluster.RUN);

    argo.join();
    assertThat(left.isStopped()).isTrue();
    assertThat(left.summary().phase()).isEqualTo("Failed");
    assertThat(podsLeft()).isZero();
    assertThat(SparkStates.of(mock.cluster(), MockCluster.RUN)).isEmpty();
    assertThat(mock.workflow()).isNotNull();
  }

  @Test
  void cancelTerminatesAWorkflowThatDoesNotStop() throws Exception {
    mock.setArgoStatus("{\"phase\": \"Running\"}");
    Thread argo = argoThatHears("Terminate");

    canceller(Duration.ZERO, LONG).cancel(MockCluster.RUN);

    argo.join();
    assertThat(new RunObject(mock.workflow()).hasEnded()).isTrue();
  }

  @Test
  void cancelReportsThatArgoDidNotStopTheRun() {
    assertThatThrownBy(() -> canceller(LONG, Duration.ZERO).cancel(MockCluster.RUN))
        .isInstanceOf(ClusterFailedException.class)
        .hasMessage(
            "Cannot cancel %s: Argo has not stopped it within 0 s; check that its workflow controller is running"
                .formatted(MockCluster.RUN));
  }

  @Test
  void cancelDoesNotChangeASucceededRun() {
    mock.setArgoStatus("{\"phase\": \"Succeeded\"}");
    mock.pod("step", 1, "", "main", "Succeeded");

    assertThat(canceller(LONG, LONG).cancel(MockCluster.RUN).isStopped()).isFalse();
    assertThat(podsLeft()).isEqualTo(1);
  }

  @Test
  void waitsForTheEndAndReportsEveryPoll() {
    mock.setArgoStatus("{\"phase\": \"Running\"}");
    List<String> seen = new ArrayList<>();

    RunStatus end =
        new RunWaiter(mock.cluster(), SHORT)
            .await(
                MockCluster.RUN,
                Optional.empty(),
                status -> {
                  seen.add(status.summary().phase());
                  mock.setArgoStatus("{\"phase\": \"Succeeded\"}");
                });

    assertThat(end.summary().hasSucceeded()).isTrue();
    assertThat(seen).containsExactly("Running", "Succeeded");
  }

  @Test
  void waitsNoLongerThanTheTimeout() {
    assertThatThrownBy(
            () ->
                new RunWaiter(mock.cluster(), SHORT)
                    .await(MockCluster.RUN, Optional.of(Duration.ofMillis(1)), status -> {}))
        .isInstanceOf(ClusterFailedException.class)
        .hasMessage(
            "Run %s has not ended after 0.001s: it is Pending and continues"
                .formatted(MockCluster.RUN));
  }

  @Test
  void cancelKeepsThePodsAndLogsOfAFailedRun() {
    mock.setArgoStatus("{\"phase\": \"Failed\"}");
    mock.pod("step", 1, "", "main", "Failed");

    assertThat(canceller(LONG, LONG).cancel(MockCluster.RUN).isStopped()).isFalse();
    assertThat(podsLeft()).isEqualTo(1);
  }

  @Test
  void cancelStopsTheRunningPodsOfAnEndedRun() {
    mock.setArgoStatus("{\"phase\": \"Failed\"}");
    mock.pod("driver", 2, "driver", "spark-kubernetes-driver", "Running");

    assertThat(canceller(LONG, LONG).cancel(MockCluster.RUN).isStopped()).isTrue();
    assertThat(podsLeft()).isZero();
  }

  private ConfigMap config(String name) {
    return client.configMaps().inNamespace(MockCluster.NAMESPACE).withName(name).get();
  }

  private static String nodes(String first, String second) {
    return """
        {"phase": "Failed", "nodes": {
          "1": {"displayName": "statement-1", "boundaryID": "RUN", "phase": "%s"},
          "2": {"displayName": "statement-2", "boundaryID": "RUN", "phase": "%s"}}}
        """
        .formatted(first, second)
        .replace("RUN", MockCluster.RUN);
  }

  @Test
  void resumesWithoutTheSucceededStatements() {
    mock.setArgoStatus(nodes("Succeeded", "Failed"));
    String first = mock.workflow().getMetadata().getUid();

    NavigableSet<Integer> done =
        new RunResumer(mock.cluster(), SHORT, LONG).resume(MockCluster.RUN, HalfDone.REFUSED);

    assertThat(done).containsExactly(1);
    RunObject next = new RunObject(mock.workflow());
    assertThat(next.object().getMetadata().getUid()).isNotEqualTo(first);
    assertThat(next.phase()).isEqualTo("Pending");
    assertThat(next.tasks()).extracting(RunObject.Task::statement).containsExactly(2, 3);
    List<JsonNode> waits = next.spec().findValues("dependencies");
    assertThat(waits).singleElement().hasToString("[\"statement-2\"]");
    assertThat(mock.config().getMetadata().getOwnerReferences())
        .extracting(OwnerReference::getUid)
        .contains(next.object().getMetadata().getUid());
    assertThat(config(MockCluster.RUN + "-next")).isNull();
    assertThat(new RunReader(mock.cluster()).status(MockCluster.RUN).tasks().get(0).message())
        .isEqualTo("in an earlier attempt");
  }

  @Test
  void resumesAfterAFailedResumptionLostTheWorkflow() {
    mock.setArgoStatus(nodes("Succeeded", "Failed"));
    server
        .expect()
        .post()
        .withPath("/apis/argoproj.io/v1alpha1/namespaces/vision/workflows?fieldValidation=Strict")
        .andReturn(400, new StatusBuilder().withCode(400).withMessage("no").build())
        .once();
    RunResumer resumer = new RunResumer(mock.cluster(), SHORT, LONG);
    assertThatThrownBy(() -> resumer.resume(MockCluster.RUN, HalfDone.REFUSED))
        .isInstanceOf(ClusterException.class)
        .hasMessage("Cannot resume %s: no (400)".formatted(MockCluster.RUN));
    assertThat(mock.workflow()).isNull();

    assertThat(resumer.resume(MockCluster.RUN, HalfDone.REFUSED)).containsExactly(1);
    assertThat(new RunObject(mock.workflow()).tasks()).hasSize(2);
  }

  @Test
  void refusesToResumeARunningOrSucceededRun() {
    RunResumer resumer = new RunResumer(mock.cluster(), SHORT, LONG);

    assertThatThrownBy(() -> resumer.resume(MockCluster.RUN, HalfDone.REFUSED))
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            "Cannot resume %1$s: it is Pending; seeql wait %1$s waits for its end"
                .formatted(MockCluster.RUN));
    mock.setArgoStatus("{\"phase\": \"Succeeded\"}");
    assertThatThrownBy(() -> resumer.resume(MockCluster.RUN, HalfDone.REFUSED))
        .hasMessage(
            "Cannot resume %s: it has succeeded; there is nothing to resume"
                .formatted(MockCluster.RUN));
  }

  private static final String HALF_DONE =
      """
      {"phase": "Failed", "nodes": {
        "1": {"displayName": "statement-1", "boundaryID": "RUN", "phase": "Succeeded"},
        "2": {"displayName": "statement-2", "boundaryID": "RUN", "phase": "Succeeded"},
        "3": {"displayName": "statement-3", "boundaryID": "RUN", "phase": "Failed"}}}
      """
          .replace("RUN", MockCluster.RUN);

  @Test
  void repeatsNoStatementWithoutAgain() {
    mock.setArgoStatus(HALF_DONE);
    RunResumer resumer = new RunResumer(mock.cluster(), SHORT, LONG);

    assertThatThrownBy(() -> resumer.resume(MockCluster.RUN, HalfDone.REFUSED))
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            """
            Cannot resume %s: statements that may already have been executed would be executed again
              - statement 3: CREATE TABLE d.found AS SELECT * FROM d.objects
            check which of them have taken effect; --again executes them again"""
                .formatted(MockCluster.RUN));
    assertThat(new RunObject(mock.workflow()).hasEnded()).isTrue();

    assertThat(resumer.resume(MockCluster.RUN, HalfDone.DONE_AGAIN)).containsExactly(1, 2);
  }

  @Test
  void aStatementWithAPodHasStarted() {
    mock.setArgoStatus(nodes("Succeeded", "Failed"));
    mock.pod("step", 3, "", "main", "Running");

    assertThat(new HalfDoneStatements(mock.cluster()).of(new RunObject(mock.workflow())))
        .containsOnlyKeys(3);
  }

  @Test
  void keepsTheProgramOfASchedule() {
    mock.setArgoStatus(nodes("Succeeded", "Failed"));
    OwnerReference schedule =
        new OwnerReferenceBuilder()
            .withApiVersion("argoproj.io/v1alpha1")
            .withKind("CronWorkflow")
            .withName("nightly")
            .withUid("4711")
            .build();
    ConfigMap program =
        new ConfigMapBuilder(mock.config())
            .withImmutable(true)
            .editMetadata()
            .withOwnerReferences(schedule)
            .endMetadata()
            .build();
    client.resource(program).update();

    new RunResumer(mock.cluster(), SHORT, LONG).resume(MockCluster.RUN, HalfDone.REFUSED);

    assertThat(mock.config().getMetadata().getOwnerReferences()).containsExactly(schedule);
    assertThat(mock.config().getData()).isEqualTo(program.getData());
  }

  @Test
  void deletesOnlyTheWorkflowThatItHasRead() throws Exception {
    mock.setArgoStatus(nodes("Succeeded", "Failed"));
    String uid = mock.workflow().getMetadata().getUid();
    String path =
        "/apis/argoproj.io/v1alpha1/namespaces/vision/workflows/%s".formatted(MockCluster.RUN);
    server
        .expect()
        .delete()
        .withPath(path)
        .andReturn(409, new StatusBuilder().withCode(409).withMessage("precondition").build())
        .once();

    assertThatThrownBy(
            () ->
                new RunResumer(mock.cluster(), SHORT, LONG)
                    .resume(MockCluster.RUN, HalfDone.REFUSED))
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            "Cannot resume %1$s: another process has just resumed it; seeql status %1$s shows it"
                .formatted(MockCluster.RUN));

    RecordedRequest request = server.takeRequest();
    while (!request.getMethod().equals("DELETE")) {
      request = server.takeRequest();
    }
    assertThat(request.getUtf8Body()).contains("\"preconditions\":{\"uid\":\"" + uid + "\"}");
  }
}
