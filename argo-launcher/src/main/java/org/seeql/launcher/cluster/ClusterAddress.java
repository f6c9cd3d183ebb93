package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seeql.launcher.manifest.KubernetesNames;

/**
 * Which cluster, and where in it.
 *
 * @param kubeconfigs kubectl's settings, the first the strongest; without any, the cluster whose
 *     pod this process runs in
 * @param context of the settings; empty: their current one
 * @param namespace in which everything of a run lies
 */
public record ClusterAddress(List<Path> kubeconfigs, Optional<String> context, String namespace) {
  public ClusterAddress {
    kubeconfigs = List.copyOf(kubeconfigs);
    requireNonNull(context, "context is null");
    KubernetesNames.requireLabel("namespace", namespace);
  }
}
