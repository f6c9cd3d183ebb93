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
      "Ends with 0 if it has succeeded, and with 2 if it has failed, and says why."
    })
final class WaitCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private RunOnCluster run;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "How long to wait at most, such as 90m or 6h. Default: as long as it takes.")
  private String timeout;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "How the end is told: text or json. Default: ${DEFAULT-VALUE}.")
  private SummaryFormat format;

  WaitCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Optional<Duration> limit =
        Optional.ofNullable(timeout).map(text -> DurationText.parse("--timeout", text));
    try (Cluster cluster = run.open(invocation)) {
      return new RunFollower(invocation, format, run.arguments())
          .follow(cluster, run.name(), limit);
    }
  }
}
