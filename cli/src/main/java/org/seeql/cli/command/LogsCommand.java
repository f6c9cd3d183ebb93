package org.seeql.cli.command;

import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.Style;
import org.seeql.launcher.cluster.Cluster;
import org.seeql.launcher.cluster.LogRequest;
import org.seeql.launcher.cluster.LogRequest.Extent;
import org.seeql.launcher.cluster.LogRequest.Part;
import org.seeql.launcher.cluster.LogSink;
import org.seeql.launcher.cluster.RunLogs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "logs",
    description = {
      "Prints the logs of the statements of a run on a cluster: of Spark's driver, or of the "
          + "step itself.",
      "With several logs, each line begins with its source."
    })
final class LogsCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private RunOnCluster run;

  @Option(
      names = "--statement",
      paramLabel = "N",
      description = "Only the logs of statement N, from 1. Default: all statements.")
  private Integer statement;

  @Option(names = "--executors", description = "Also prints the logs of Spark's executors.")
  private boolean executors;

  @Option(names = "--follow", description = "Follows the logs until the end of the run.")
  private boolean follow;

  LogsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    LogRequest request =
        new LogRequest(
            run.name(),
            statement == null ? OptionalInt.empty() : OptionalInt.of(statement),
            executors ? Part.ALL : Part.DRIVER,
            follow ? Extent.FOLLOW : Extent.PRESENT);
    boolean several = statement == null || executors;
    try (Cluster cluster = run.open(invocation)) {
      new RunLogs(cluster).print(request, several ? new Prefixed() : new Plain());
    }
    return ExitCode.DONE;
  }

  /** Prints a single log unchanged. */
  private class Plain implements LogSink {
    @Override
    public void line(int number, String source, String text) {
      invocation.console().out().println(text);
    }

    @Override
    public void note(String text) {
      Channel err = invocation.console().err();
      err.println(err.paint(Style.DIM, text));
    }
  }

  /** Prints several logs, each line with the statement number and the source as prefix. */
  private final class Prefixed extends Plain {
    @Override
    public void line(int number, String source, String text) {
      Channel out = invocation.console().out();
      out.println(out.paint(Style.DIM, "[%d %s]".formatted(number, source)) + " " + text);
    }
  }
}
