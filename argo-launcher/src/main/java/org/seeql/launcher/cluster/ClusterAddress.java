package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seeql.launcher.manifest.KubernetesNames;

/**
 * Selects a cluster and a namespace.
 *
 * @param kubeconfigs the files of kubectl's settings, in descending precedence; if empty, the
 *     cluster whose pod runs this process
 * @param context of the settings; if empty, the current context
 * @param namespace the namespace of all objects of a run
 */
public record ClusterAddress(List<Path> kubeconfigs, Optional<String> context, String namespace) {
  public ClusterAddress {
    kubeconfigs = List.copyOf(kubeconfigs);
    requireNonNull(context, "context is null");
    KubernetesNames.requireLabel("namespace", namespace);
  }
}
