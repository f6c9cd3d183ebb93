package org.seeql.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.ProgressDisplay;
import org.seeql.cli.console.Style;
import org.seeql.launcher.cluster.Cluster;
import org.seeql.launcher.cluster.FailureCauses;
import org.seeql.launcher.cluster.HalfDoneStatements;
import org.seeql.launcher.cluster.RunStatus;
import org.seeql.launcher.cluster.RunWaiter;
import org.seeql.launcher.cluster.TaskStatus;

/** Waits for the end of a run and reports its progress. */
final class RunFollower {
  private final Invocation invocation;
  private final SummaryFormat format;
  private final List<String> arguments;
  private final Map<Integer, String> reportedPhases = new HashMap<>();
  private final Set<String> reportedWaits = new HashSet<>();

  /**
   * @param arguments the arguments that select the cluster in another command
   */
  RunFollower(Invocation invocation, SummaryFormat format, List<String> arguments) {
    this.invocation = invocation;
    this.format = format;
    this.arguments = List.copyOf(arguments);
  }

  /** Waits for the run and returns its exit code. */
  int follow(Cluster cluster, String run, Optional<Duration> timeout) {
    ProgressDisplay progress = new ProgressDisplay(invocation.console().messages());
    RunStatus status;
    try {
      status = new RunWaiter(cluster).await(run, timeout, seen -> report(seen, progress));
    } finally {
      progress.clear();
    }
    Map<Integer, String> causes = new FailureCauses(cluster).of(status);
    if (format == SummaryFormat.JSON) {
      FigureSource.Figures figures = FigureSource.logged(cluster, status);
      invocation
          .console()
          .out()
          .println(RunPrinter.text(RunPrinter.document(status, figures, causes)));
    } else {
      Map<Integer, String> halfDone = new HalfDoneStatements(cluster).of(status);
      conclude(
          status, causes, NextCommands.resumption(invocation.program(), run, arguments, halfDone));
    }
    return status.summary().hasSucceeded() ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** Prints a line for each statement whose phase changed. */
  private void report(RunStatus status, ProgressDisplay progress) {
    if (format == SummaryFormat.JSON) {
      return;
    }
    Channel err = invocation.console().err();
    for (TaskStatus task : status.tasks()) {
      boolean news = !task.phase().equals(reportedPhases.put(task.statement(), task.phase()));
      if (news && !task.phase().equals("Pending")) {
        progress.clear();
        err.println("statement %d %s".formatted(task.statement(), task.phase()));
      }
      task.waiting()
          .filter(waiting -> reportedWaits.add(task.statement() + " " + kind(waiting.reason())))
          .ifPresent(
              waiting -> {
                progress.clear();
                err.println("statement %d: %s".formatted(task.statement(), waiting));
              });
    }
    if (!status.summary().hasEnded()) {
      progress.doing(status.summary().phase() + " " + status.summary().progress());
    }
  }

  /**
   * Kubernetes alternates between a failed image pull and the back-off after it: one kind for both.
   */
  private static String kind(String reason) {
    return reason.equals("ImagePullBackOff") ? "ErrImagePull" : reason;
  }

  private void conclude(RunStatus status, Map<Integer, String> causes, List<String> resumption) {
    Channel err = invocation.console().err();
    boolean good = status.summary().hasSucceeded();
    err.println(
        err.paint(good ? Style.GREEN : Style.RED, good ? "✓ " : "✗ ")
            + RunPrinter.headline(err, status, Instant.now()));
    for (TaskStatus task : status.tasks()) {
      if (task.hasFailed()) {
        String why = causes.getOrDefault(task.statement(), task.message());
        err.println("  statement %d: %s".formatted(task.statement(), why));
      }
    }
    if (!good) {
      err.println("  resume: " + resumption.get(0));
      resumption.stream().skip(1).forEach(line -> err.println("          " + line));
    }
  }
}
