package org.seeql.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.seeql.launcher.cluster.Submitted.Outcome;
import org.seeql.launcher.manifest.ExecutorShape;
import org.seeql.launcher.manifest.SparkOperator;

@EnableKubernetesMockClient(crud = true, https = false)
class WorkflowSubmitterTest {
  private static final String WORKFLOWS =
      "/apis/argoproj.io/v1alpha1/namespaces/" + MockCluster.NAMESPACE + "/workflows";

  KubernetesMockServer server;
  KubernetesClient client;
  private MockCluster mock;

  @BeforeEach
  void prepare() {
    mock = new MockCluster(server, client).withAll();
  }

  /** The requests that changed something, as {@code METHOD path}. */
  private List<String> changes() throws InterruptedException {
    List<String> changes = new ArrayList<>();
    RecordedRequest request = server.takeRequest(100, TimeUnit.MILLISECONDS);
    while (request != null) {
      if (!request.getMethod().equals("GET")) {
        changes.add(request.getMethod() + " " + request.getPath());
      }
      request = server.takeRequest(100, TimeUnit.MILLISECONDS);
    }
    return changes;
  }

  @Test
  void createsTheProgramBeforeTheWorkflowThatOwnsIt() throws Exception {
    changes();

    Submitted submitted = mock.submit();

    assertThat(submitted)
        .isEqualTo(new Submitted(MockCluster.RUN, Outcome.CREATED, "Pending", true));
    String configs = "/api/v1/namespaces/vision/configmaps";
    assertThat(changes())
        .containsExactly(
            "POST " + configs,
            "POST " + WORKFLOWS + "?fieldValidation=Strict",
            "PATCH " + configs + "/" + MockCluster.RUN + "-program");
    assertThat(mock.config().getMetadata().getOwnerReferences())
        .singleElement()
        .satisfies(
            owner -> {
              assertThat(owner.getUid()).isEqualTo(mock.workflow().getMetadata().getUid());
              assertThat(owner.getKind()).isEqualTo("Workflow");
            });
  }

  @Test
  void doesNotChangeAnExistingRun() throws Exception {
    mock.submit();
    mock.setArgoStatus("{\"phase\": \"Running\"}");
    changes();

    Submitted again = mock.submit();

    assertThat(again)
        .isEqualTo(new Submitted(MockCluster.RUN, Outcome.ALREADY_THERE, "Running", true));
    assertThat(changes()).isEmpty();
  }

  @Test
  void reportsDifferentOptionsOfAnExistingRun() {
    mock.submit();

    Submitted again =
        mock.submit(
            SparkOperator.KUBEFLOW, new ExecutorShape(7, 2, Optional.empty(), "1g", "2g", 0));

    assertThat(again.sameOptions()).isFalse();
    assertThat(again.outcome()).isEqualTo(Outcome.ALREADY_THERE);
  }

  @Test
  void completesASubmissionThatCreatedOnlyTheProgram() {
    mock.submit();
    client
        .resource(
            new ConfigMapBuilder(mock.config())
                .editMetadata()
                .withOwnerReferences()
                .withResourceVersion(null)
                .endMetadata()
                .build())
        .update();
    mock.cluster().objects(ObjectKind.WORKFLOW).withName(MockCluster.RUN).delete();

    assertThat(mock.submit().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(mock.workflow()).isNotNull();
    assertThat(mock.config().getMetadata().getOwnerReferences()).hasSize(1);
  }

  @Test
  void recreatesTheLostProgramOfAWorkflow() {
    mock.submit();
    client.resource(mock.config()).delete();

    assertThat(mock.submit().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(mock.config().getMetadata().getOwnerReferences()).hasSize(1);
  }

  @Test
  void leavesNoObjectIfTheClusterRefusesTheWorkflow() {
    server
        .expect()
        .post()
        .withPath(WORKFLOWS + "?fieldValidation=Strict")
        .andReturn(
            400,
            new StatusBuilder()
                .withCode(400)
                .withMessage("strict decoding error: unknown field \"spec.onExi\"")
                .build())
        .once();

    assertThatThrownBy(mock::submit)
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            "Cannot submit %s: strict decoding error: unknown field \"spec.onExi\" (400)"
                .formatted(MockCluster.RUN));
    assertThat(mock.config()).isNull();
  }

  @Test
  void refusesAnotherProgramUnderTheSameName() {
    mock.submit();
    client
        .resource(
            new ConfigMapBuilder(mock.config()).withData(Map.of("program.sql", "SELECT 2")).build())
        .update();

    assertThatThrownBy(mock::submit)
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            "Cannot submit: the ConfigMap %s-program exists and contains another program; choose another --run-id"
                .formatted(MockCluster.RUN));
  }

  @Test
  void writesNoPasswordIntoObjects() {
    mock.submit();

    assertThat(Json.text(mock.workflow()) + Json.text(mock.config()))
        .doesNotContain("hunter2", "aHVudGVyMg==");
    assertThat(Json.text(mock.workflow())).doesNotContain("secret-place");
  }
}
