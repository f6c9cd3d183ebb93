package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.seeql.launcher.manifest.KubernetesNames;

/** Stops Spark, which Argo leaves running when a run is stopped, fails or exceeds its deadline. */
public final class SparkLeftovers {
  private final Cluster cluster;

  public SparkLeftovers(Cluster cluster) {
    this.cluster = requireNonNull(cluster, "cluster is null");
  }

  /**
   * Stops the running SparkApplications of a run. An application that has ended remains, with its
   * driver's pod, whose log contains the cause.
   *
   * @return the names of the stopped applications
   */
  public List<String> stop(String run) {
    KubernetesNames.requireLabel("run", run);
    return cluster.ask("stop Spark of " + run, () -> SparkStates.deleteUnended(cluster, run));
  }
}
