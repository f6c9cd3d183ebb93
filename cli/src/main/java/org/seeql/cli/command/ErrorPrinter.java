package org.seeql.cli.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.Style;
import org.seeql.database.RefusalException;
import org.seeql.database.credential.Redaction;
import org.seeql.database.embedded.EmbeddedDatabaseException;
import org.seeql.database.jdbc.UnreadableRowsException;
import org.seeql.job.RunFailedException;
import org.seeql.launcher.cluster.ClusterException;
import org.seeql.launcher.cluster.ClusterFailedException;
import org.seeql.launcher.manifest.SubmissionException;
import org.seeql.planner.parser.SqlSyntaxException;
import org.seeql.planner.plan.PlanningException;
import org.seeql.udf.InferenceException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Converts errors into messages and exit codes. */
final class ErrorPrinter implements IExecutionExceptionHandler, IParameterExceptionHandler {

  /** Errors in the user's input. */
  private static final List<Class<? extends RuntimeException>> REFUSALS =
      List.of(
          CommandRefusal.class,
          SqlSyntaxException.class,
          PlanningException.class,
          RefusalException.class,
          InferenceException.class,
          SubmissionException.class,
          ClusterException.class,
          EmbeddedDatabaseException.class);

  /** Failures whose message states the whole reason. */
  private static final List<Class<? extends RuntimeException>> FAILURES =
      List.of(
          RunFailedException.class,
          UnreadableRowsException.class,
          ClusterFailedException.class,
          UncheckedIOException.class);

  private final Channel err;
  private final BooleanSupplier isVerbose;
  private final Interruption interruption;
  private final String program;

  /**
   * @param program how the user calls SeeQL, for the commands in messages
   */
  ErrorPrinter(Channel err, BooleanSupplier isVerbose, Interruption interruption, String program) {
    this.err = err;
    this.isVerbose = isVerbose;
    this.interruption = interruption;
    this.program = program;
  }

  @Override
  public int handleParseException(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    print(error.getMessage());
    StringWriter suggestions = new StringWriter();
    UnmatchedArgumentException.printSuggestions(error, new PrintWriter(suggestions));
    if (!suggestions.toString().isBlank()) {
      err.println(Redaction.of(suggestions.toString().strip()));
    }
    err.println("See " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.REFUSED;
  }

  @Override
  public int handleExecutionException(
      Exception error, CommandLine commandLine, ParseResult parsed) {
    return handle(error);
  }

  /**
   * Prints why a command failed.
   *
   * @param error an exception, or an error of the JVM such as {@link OutOfMemoryError}
   * @return the exit code
   */
  int handle(Throwable error) {
    if (interruption.isRequested()) {
      // an error after an interruption is a consequence of it
      interruption.report("");
      return interruption.exitCode();
    }
    boolean verbose = isVerbose.getAsBoolean();
    int exitCode = ExitCode.FAILED;
    if (REFUSALS.stream().anyMatch(r -> r.isInstance(error))) {
      print(error.getMessage());
      exitCode = ExitCode.REFUSED;
    } else if (FAILURES.stream().anyMatch(f -> f.isInstance(error))) {
      print(error.getMessage());
    } else {
      print(
          "SeeQL failed: "
              + error
              + (verbose ? "" : "\nRun it again with --verbose to see the stack trace"));
    }
    if (verbose) {
      StringWriter trace = new StringWriter();
      error.printStackTrace(new PrintWriter(trace));
      err.println(Redaction.of(trace.toString().stripTrailing()));
    }
    return exitCode;
  }

  /** Only the first line is coloured. Source excerpts below it are printed unchanged. */
  private void print(String message) {
    List<String> lines =
        Redaction.of(message).replace("`seeql ", "`" + program + " ").lines().toList();
    err.println(err.paint(Style.RED, lines.isEmpty() ? "" : lines.get(0)));
    lines.stream().skip(1).forEach(err::println);
  }
}
