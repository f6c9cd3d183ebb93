package org.seeql.cli.command;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seeql.launcher.cluster.Cluster;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "wait",
    description = {
      "Waits for the end of a run on a cluster.",
      "The exit code is 0 if the run succeeded. If it failed, the exit code is 2 and the "
          + "cause is printed."
    })
final class WaitCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private RunOnCluster run;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "Maximum time to wait, such as 90m or 6h. Default: no limit.")
  private String timeout;

  @Mixin private SummaryFormatOption output;

  WaitCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Optional<Duration> limit =
        Optional.ofNullable(timeout).map(text -> DurationText.parse("--timeout", text));
    try (Cluster cluster = run.open(invocation)) {
      return new RunFollower(invocation, output.format(), run.arguments())
          .follow(cluster, run.name(), limit);
    }
  }
}
