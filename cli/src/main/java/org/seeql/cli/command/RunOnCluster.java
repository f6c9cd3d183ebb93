package org.seeql.cli.command;

import java.util.List;
import org.seeql.launcher.cluster.Cluster;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A run on a cluster, selected by the arguments of a command. */
final class RunOnCluster {
  @Parameters(
      paramLabel = "RUN",
      description = "The name of the run, as printed by seeql submit and seeql list.")
  private String name;

  @Mixin private ClusterOptions cluster;

  String name() {
    return name;
  }

  /** Connects to the cluster of the run. The caller closes the result. */
  Cluster open(Invocation invocation) {
    return cluster.open(invocation);
  }

  List<String> arguments() {
    return cluster.arguments();
  }
}
