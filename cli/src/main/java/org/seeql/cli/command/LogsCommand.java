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
      "Prints what the statements of a run on a cluster print: Spark's driver, or the step itself.",
      "Of several, each line begins with whose it is."
    })
final class LogsCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private RunOnCluster run;

  @Option(
      names = "--statement",
      paramLabel = "N",
      description = "Only the N-th statement's, from 1. Default: those of all.")
  private Integer statement;

  @Option(names = "--executors", description = "Those of Spark's executors, too.")
  private boolean executors;

  @Option(names = "--follow", description = "Prints what comes, until the end.")
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
