package org.seeql.launcher.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** What pods have printed, where that is told besides something else. */
final class PodLogs {
  private static final int LINES_READ = 200;

  private PodLogs() {}

  /** The last lines of what a pod's work printed; empty where they cannot be had. */
  static Optional<String> end(Cluster cluster, Pod pod) {
    try {
      return Optional.ofNullable(
          cluster
              .client()
              .pods()
              .inNamespace(cluster.namespace())
              .withName(pod.getMetadata().getName())
              .inContainer(RunPods.container(pod))
              .tailingLines(LINES_READ)
              .getLog());
    } catch (KubernetesClientException e) {
      // without its log a statement is still told of
      return Optional.empty();
    }
  }
}
