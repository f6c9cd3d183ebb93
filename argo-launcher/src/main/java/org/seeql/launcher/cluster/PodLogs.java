package org.seeql.launcher.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** Reads logs of pods that supplement other information. */
final class PodLogs {
  private static final int LINES_READ = 200;

  private PodLogs() {}

  /** The last lines of the pod's main container. Empty if the log cannot be read. */
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
      // a statement is reported even without its log
      return Optional.empty();
    }
  }
}
