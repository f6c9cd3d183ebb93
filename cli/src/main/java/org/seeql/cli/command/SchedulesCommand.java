package org.seeql.cli.command;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.seeql.launcher.cluster.Cluster;
import org.seeql.launcher.cluster.ScheduleRepository;
import org.seeql.launcher.cluster.ScheduleState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "schedules",
    description = "Lists the schedules on a cluster, with their next and latest runs.")
final class SchedulesCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private ClusterOptions cluster;
  @Mixin private RowOutput rows;

  SchedulesCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    try (Cluster open = cluster.open(invocation)) {
      List<ScheduleState> schedules = new ScheduleRepository(open).list(Instant.now());
      return rows.write(
          invocation,
          console -> {
            new SchedulePrinter(console, cluster).print(schedules, rows.format());
            return ExitCode.DONE;
          });
    }
  }
}
