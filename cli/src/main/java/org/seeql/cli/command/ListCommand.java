package org.seeql.cli.command;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.seeql.launcher.cluster.Cluster;
import org.seeql.launcher.cluster.RunReader;
import org.seeql.launcher.cluster.WorkflowSummary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "list", description = "Lists the runs on a cluster, the newest first.")
final class ListCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private ClusterOptions cluster;
  @Mixin private RowOutput rows;

  ListCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    try (Cluster open = cluster.open(invocation)) {
      List<WorkflowSummary> runs = new RunReader(open).list();
      return rows.write(
          invocation,
          console -> {
            new RunPrinter(console, rows.format()).print(runs, Instant.now());
            return ExitCode.DONE;
          });
    }
  }
}
