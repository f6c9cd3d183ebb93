package org.seeql.cli.command;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.seeql.cli.command.FigureSource.Figures;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.Style;
import org.seeql.database.ledger.RunFigures;
import org.seeql.launcher.cluster.Cluster;
import org.seeql.launcher.cluster.HalfDoneStatements;
import org.seeql.launcher.cluster.RunCanceller;
import org.seeql.launcher.cluster.RunStatus;
import org.seeql.launcher.cluster.TaskStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "cancel",
    description = {
      "Stops a run on a cluster: Argo's steps, Spark's drivers and executors.",
      "Waits until all its pods are gone, and reports what remains. Committed partitions",
      "are kept, and the run can be resumed."
    })
final class CancelCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private RunOnCluster run;
  @Mixin private DatabaseOptions database;
  @Mixin private SummaryFormatOption output;

  CancelCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    try (Cluster cluster = run.open(invocation)) {
      RunStatus left = new RunCanceller(cluster).cancel(run.name());
      Figures figures = new FigureSource(database, invocation).committed(left);
      if (output.format() == SummaryFormat.JSON) {
        String document = RunPrinter.text(RunPrinter.document(left, figures, Map.of()));
        invocation.console().out().println(document);
      } else {
        print(left, figures, new HalfDoneStatements(cluster).of(left));
      }
    }
    return ExitCode.DONE;
  }

  private void print(RunStatus left, Figures figures, Map<Integer, String> halfDone) {
    Channel err = invocation.console().err();
    String name = left.summary().run();
    if (left.summary().hasSucceeded()) {
      err.println("%s has already succeeded: there is nothing to cancel".formatted(name));
      return;
    }
    if (!left.isStopped()) {
      err.println(
          "%s has already ended (%s): there is nothing to cancel; its pods and logs are kept"
              .formatted(name, left.summary().phase()));
      printResumption(
          NextCommands.resumption(invocation.program(), name, run.arguments(), halfDone));
      return;
    }
    err.println(
        err.paint(Style.GREEN, "✓")
            + " %s is cancelled: all its pods are gone".formatted(err.paint(Style.BOLD, name)));
    List<TaskStatus> done = left.tasks().stream().filter(TaskStatus::hasSucceeded).toList();
    List<TaskStatus> rest = left.tasks().stream().filter(task -> !task.hasSucceeded()).toList();
    err.println("  done       " + (done.isEmpty() ? "nothing" : statements(done)));
    err.println("  not done   " + statements(rest));
    for (TaskStatus task : rest) {
      figures
          .of(task.statement())
          .flatMap(RunFigures::progress)
          .ifPresent(
              progress ->
                  err.println(
                      "             statement %d: %s images are committed and kept"
                          .formatted(task.statement(), progress)));
    }
    printResumption(NextCommands.resumption(invocation.program(), name, run.arguments(), halfDone));
  }

  private void printResumption(List<String> lines) {
    Channel err = invocation.console().err();
    err.println("  resume     " + lines.get(0));
    lines.stream().skip(1).forEach(line -> err.println("             " + line));
  }

  private static String statements(List<TaskStatus> tasks) {
    return (tasks.size() == 1 ? "statement " : "statements ")
        + tasks.stream()
            .map(task -> String.valueOf(task.statement()))
            .collect(Collectors.joining(", "));
  }
}
