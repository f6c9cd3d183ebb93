package org.seeql.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.seeql.launcher.cluster.Cluster;
import org.seeql.launcher.cluster.SparkLeftovers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The last step of a workflow that did not succeed. Users cancel a run instead. */
@Command(
    name = "stop-spark",
    hidden = true,
    description = "Stops the Spark applications of a run that are still running on a cluster.")
final class StopSparkCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private RunOnCluster run;

  StopSparkCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    try (Cluster cluster = run.open(invocation)) {
      List<String> stopped = new SparkLeftovers(cluster).stop(run.name());
      invocation
          .console()
          .err()
          .println(
              stopped.isEmpty() ? "nothing is running" : "stopped " + String.join(", ", stopped));
    }
    return ExitCode.DONE;
  }
}
