package org.seeql.cli.command;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.seeql.cli.console.ProgressDisplay;
import org.seeql.job.SeeqlSession;
import org.seeql.job.StatementResult;
import org.seeql.job.StatementStoppedException;

/** Executes the statements of a program in order, until the last one or until it is stopped. */
final class ProgramRun {
  private final List<Step> steps;
  private final Interruption interruption;
  private final ProgressDisplay progress;
  private final ResultPrinter results;
  private int next;
  private boolean executing;

  /**
   * A statement.
   *
   * @param position where it starts in the program; empty if it does not come from a program
   * @param vertical whether its rows are shown with one line per value
   */
  record Step(
      String position, boolean vertical, Function<SeeqlSession, StatementResult> statement) {
    /** A statement whose rows are shown in the usual way. */
    Step(String position, Function<SeeqlSession, StatementResult> statement) {
      this(position, false, statement);
    }
  }

  ProgramRun(
      List<Step> steps,
      Interruption interruption,
      ProgressDisplay progress,
      ResultPrinter results) {
    this.steps = List.copyOf(steps);
    this.interruption = requireNonNull(interruption, "interruption is null");
    this.progress = requireNonNull(progress, "progress is null");
    this.results = requireNonNull(results, "results is null");
  }

  /**
   * Executes the statements.
   *
   * @return the exit code
   */
  int in(SeeqlSession session) {
    try {
      while (next < steps.size() && !interruption.isRequested()) {
        executing = true;
        StatementResult result = steps.get(next).statement().apply(session);
        progress.clear();
        if (steps.get(next).vertical()) {
          results.printVertically(result);
        } else {
          results.print(result);
        }
        executing = false;
        next++;
      }
      if (next < steps.size()) {
        return stop("");
      }
      results.finish();
      return ExitCode.DONE;
    } catch (RuntimeException e) {
      return stopped(e);
    }
  }

  /**
   * The exit code if the error is a consequence of the interruption.
   *
   * @throws RuntimeException the error itself, if it has another cause
   */
  int stopped(RuntimeException error) {
    if (!interruption.isRequested()) {
      throw error;
    }
    boolean isKnown = error instanceof StatementStoppedException && !error.getMessage().isEmpty();
    return stop(
        isKnown ? error.getMessage() : executing ? numbered(next + 1) + " was stopped" : "");
  }

  private int stop(String state) {
    progress.close();
    interruption.report(
        Stream.of(state, notRun(executing ? next + 1 : next))
            .filter(part -> !part.isEmpty())
            .collect(joining("; ")));
    return interruption.exitCode();
  }

  private String notRun(int first) {
    int left = steps.size() - first;
    if (left == 0) {
      return "";
    }
    if (left == 1) {
      return numbered(steps.size()) + " was not run";
    }
    return first == 0
        ? "no statement was run"
        : "statements %d to %d were not run, from %s"
            .formatted(first + 1, steps.size(), steps.get(first).position());
  }

  private String numbered(int statement) {
    return steps.size() == 1
        ? "the statement"
        : "statement %d of %d".formatted(statement, steps.size());
  }
}
