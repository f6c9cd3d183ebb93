package org.seeql.cli.command;

import java.time.Instant;
import java.util.concurrent.Callable;
import org.seeql.launcher.cluster.Cluster;
import org.seeql.launcher.cluster.FailureCauses;
import org.seeql.launcher.cluster.RunReader;
import org.seeql.launcher.cluster.RunStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    description = {
      "Shows a run on a cluster, with one row per statement:",
      "the state in Argo and Spark, and the number of completed images. This number comes from the",
      "database if one is selected, else from the logs of the drivers."
    })
final class StatusCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private RunOnCluster run;
  @Mixin private DatabaseOptions database;
  @Mixin private RowOutput rows;

  StatusCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    try (Cluster cluster = run.open(invocation)) {
      RunStatus status = new RunReader(cluster).status(run.name());
      return rows.write(
          invocation,
          console -> {
            new RunPrinter(console, rows.format())
                .print(
                    status,
                    new FigureSource(database, invocation).of(cluster, status),
                    new FailureCauses(cluster).of(status),
                    Instant.now());
            return ExitCode.DONE;
          });
    }
  }
}
