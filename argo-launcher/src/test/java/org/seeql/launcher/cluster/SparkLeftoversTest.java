package org.seeql.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import org.junit.jupiter.api.Test;

@EnableKubernetesMockClient(crud = true, https = false)
class SparkLeftoversTest {
  KubernetesMockServer server;
  KubernetesClient client;

  @Test
  void stopsRunningApplicationsAndKeepsEndedOnes() {
    MockCluster mock = new MockCluster(server, client).withAll();
    mock.make(
        ObjectKind.KUBEFLOW_APPLICATION, 1, "{\"applicationState\": {\"state\": \"FAILED\"}}");
    mock.make(
        ObjectKind.KUBEFLOW_APPLICATION, 2, "{\"applicationState\": {\"state\": \"RUNNING\"}}");
    mock.make(ObjectKind.KUBEFLOW_APPLICATION, 3, "{}");
    String released = "{\"currentState\": {\"currentStateSummary\": \"ResourceReleased\"}}";
    mock.make(ObjectKind.APACHE_APPLICATION, 4, released);
    String failed = "{\"currentState\": {\"currentStateSummary\": \"Failed\"}}";
    mock.make(ObjectKind.APACHE_APPLICATION, 5, failed);

    assertThat(new SparkLeftovers(mock.cluster()).stop(MockCluster.RUN))
        .containsExactly(MockCluster.RUN + "-2", MockCluster.RUN + "-3", MockCluster.RUN + "-5");

    assertThat(SparkStates.of(mock.cluster(), MockCluster.RUN).keySet()).containsExactly(1, 4);
  }
}
