package org.seeql.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.seeql.launcher.cluster.Cluster;
import org.seeql.launcher.cluster.ScheduleRepository;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "unschedule",
    description =
        "Removes a schedule. Its runs are kept, and a current run continues until its end.")
final class UnscheduleCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "NAME",
      description = "The name of the schedule; `seeql schedules` lists the names.")
  private String name;

  @Mixin private ClusterOptions cluster;

  UnscheduleCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    try (Cluster open = cluster.open(invocation)) {
      List<String> runs = new ScheduleRepository(open).remove(name);
      new SchedulePrinter(invocation.console(), cluster).printRemoved(name, runs);
    }
    return ExitCode.DONE;
  }
}
