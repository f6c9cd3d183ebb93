package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.seeql.launcher.manifest.KubernetesNames;

/** What Argo leaves running of a run that was stopped, has failed or took too long: Spark. */
public final class SparkLeftovers {
  private final Cluster cluster;

  public SparkLeftovers(Cluster cluster) {
    this.cluster = requireNonNull(cluster, "cluster is null");
  }

  /**
   * Stops Spark where it works for a run. An application that has ended by itself stays, with its
   * driver's pod, whose log says why.
   *
   * @return the applications that were stopped
   */
  public List<String> stop(String run) {
    KubernetesNames.requireLabel("run", run);
    return cluster.ask("stop Spark of " + run, () -> SparkStates.deleteUnended(cluster, run));
  }
}
