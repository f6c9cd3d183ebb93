package org.seeql.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.seeql.cli.console.Console;
import org.seeql.cli.console.JsonDocument;
import org.seeql.cli.console.ProgressDisplay;
import org.seeql.cli.console.RowFormat;
import org.seeql.cli.console.RowPrinter;
import org.seeql.cli.console.RunDisplay;
import org.seeql.job.ResumeMode;
import org.seeql.job.SeeqlSession;
import org.seeql.job.SessionOptions;
import org.seeql.job.run.ProgramCheck;
import org.seeql.planner.plan.ProgramCatalog;
import org.seeql.planner.statement.SourcePosition;
import org.seeql.planner.statement.Statement;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "run",
    description = {
      "Runs a program: statements of the database's own SQL and of SeeQL, separated by ';'.",
      "Rows go to standard output; progress, summaries and errors to standard error."
    })
final class RunCommand implements Callable<Integer> {
  private final Invocation invocation;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Source source;

  @Mixin private DatabaseOptions database;
  @Mixin private SparkOptions spark;
  @Mixin private InferenceOptions inference;

  @Mixin private RowOutput output;

  @Option(
      names = "--csv-safe",
      description =
          "With --format=csv: writes an apostrophe before text that a spreadsheet would "
              + "interpret as a formula.")
  private boolean csvSafe;

  @Option(
      names = "--statement",
      paramLabel = "N",
      description =
          "Runs only statement N, from 1, as a step of a workflow. Earlier USE statements "
              + "are executed first, and earlier SET statements that set only sql_mode.")
  private Integer number;

  @Option(
      names = "--run-id",
      paramLabel = "ID",
      converter = RunIdConverter.class,
      description =
          "The run id of a single statement. If a run with this id exists, it is resumed.")
  private String chosenId;

  @Option(
      names = "--force",
      description =
          "With --resume: publishes this run's older result even if a newer run has written "
              + "the table since.")
  private boolean force;

  @Option(
      names = "--lease-seconds",
      paramLabel = "SECONDS",
      defaultValue = "${env:SEEQL_LEASE_SECONDS:-60}",
      description =
          "The lease of a run: after this time without a heartbeat, another process may "
              + "resume the run. At least 1. Default: SEEQL_LEASE_SECONDS, else 60.")
  private int leaseSeconds;

  RunCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  /** The source of the program. */
  private static final class Source {
    @Option(names = "-e", paramLabel = "SQL", description = "The text of the program.")
    private String text;

    @Parameters(
        paramLabel = "FILE",
        description =
            "A file with the program, or - for standard input. Relative paths in it are "
                + "resolved against the folder of the file.")
    private String file;

    @Option(
        names = "--resume",
        paramLabel = "RUN_ID",
        converter = RunIdConverter.class,
        description = "Resumes a run that did not finish.")
    private String runId;
  }

  @Override
  public Integer call() {
    if (leaseSeconds < 1) {
      throw new CommandRefusal("Invalid --lease-seconds: %d (at least 1)".formatted(leaseSeconds));
    }
    if (csvSafe && output.format() != RowFormat.CSV) {
      throw new CommandRefusal(
          "Cannot use --csv-safe with --format=%s: it applies to CSV only; use --format=csv"
              .formatted(output.format().name().toLowerCase(Locale.ROOT)));
    }
    invocation.interruption().watch();
    if (source.runId != null) {
      return resume(
          source.runId, force ? ResumeMode.REPLACE_NEWER_RESULT : ResumeMode.KEEP_NEWER_RESULT);
    }
    if (force) {
      throw new CommandRefusal("Cannot use --force without --resume");
    }
    ProgramSource program = program();
    ProgramReader reader = new ProgramReader(program.text(), () -> database.sqlMode(invocation));
    List<Statement> statements = number == null ? reader.statements() : reader.statement(number);
    if (chosenId != null
        && number == null
        && statements.stream().filter(OneStatement::isNoPreparation).count() != 1) {
      throw new CommandRefusal(
          "Cannot use --run-id with a program of %d statements: add --statement=N"
              .formatted(statements.size()));
    }
    return execute(program, statements, reader.vertical());
  }

  private ProgramSource program() {
    if (source.text != null) {
      return ProgramSource.ofArgument(source.text, invocation);
    }
    return source.file.equals("-")
        ? ProgramSource.ofInput(invocation)
        : ProgramSource.ofFileOrElseArgument(invocation.resolve(source.file));
  }

  private int execute(
      ProgramSource program, List<Statement> statements, Set<SourcePosition> vertical) {
    new ProgramCheck(statements, options(program)).withoutDatabase();
    boolean needsSpark = statements.stream().anyMatch(s -> SparkNeed.of(s, inference.options()));
    return execute(
        program,
        needsSpark,
        session -> session.check(statements),
        statements.stream()
            .map(
                s ->
                    new ProgramRun.Step(
                        s.position().toString(),
                        vertical.contains(s.position()),
                        session -> session.execute(s)))
            .toList());
  }

  private int resume(String runId, ResumeMode mode) {
    return execute(
        ProgramSource.ofArgument("", invocation),
        true,
        session -> {},
        List.of(new ProgramRun.Step("", session -> session.resume(runId, mode))));
  }

  private int execute(
      ProgramSource program,
      boolean needsSpark,
      Consumer<SeeqlSession> check,
      List<ProgramRun.Step> steps) {
    return output.write(invocation, console -> execute(program, needsSpark, check, steps, console));
  }

  private int execute(
      ProgramSource program,
      boolean needsSpark,
      Consumer<SeeqlSession> check,
      List<ProgramRun.Step> steps,
      Console console) {
    ProgressDisplay progress = new ProgressDisplay(invocation.console().messages());
    Interruption interruption = invocation.interruption();
    try (ResultPrinter results = resultPrinter(console, steps.size());
        LocalSpark sparkSession = spark.spark()) {
      ProgramRun run = new ProgramRun(steps, interruption, progress, results);
      database.requireReachable(sparkSession, invocation);
      if (needsSpark) {
        sparkSession.begin();
      }
      interruption.stopBy(sparkSession::cancel);
      try (OpenDatabase open = database.open(invocation);
          SeeqlSession session = session(open, sparkSession, program, progress)) {
        interruption.stopBy(
            () -> {
              sparkSession.cancel();
              session.stop();
            });
        check.accept(session);
        return run.in(session);
      } catch (RuntimeException e) {
        return run.stopped(e);
      } finally {
        progress.clear();
      }
    }
  }

  private ResultPrinter resultPrinter(Console console, int statements) {
    RowFormat format = output.format();
    RowPrinter rows =
        csvSafe ? RowFormat.csvForSpreadsheets(console.out()) : format.on(console.out());
    // --statement also executes statements that return nothing, so its rows are those of one
    boolean several = statements > 1 && number == null;
    return new ResultPrinter(
        console,
        format,
        rows,
        database.arguments(),
        several && format == RowFormat.JSON
            ? Optional.of(new JsonDocument(console.out()))
            : Optional.empty());
  }

  private SessionOptions options(ProgramSource program) {
    return new SessionOptions(
        inference.options(),
        ProgramCatalog.standard(),
        program.directory(),
        invocation.cacheHome().resolve("models"));
  }

  private SeeqlSession session(
      OpenDatabase open, LocalSpark sparkSession, ProgramSource program, ProgressDisplay progress) {
    SessionOptions options =
        options(program)
            .withTrainedModels(
                open.directory()
                    .orElseGet(() -> invocation.dataHome().resolve("seeql"))
                    .resolve("trained"))
            .withLease(Duration.ofSeconds(leaseSeconds));
    return new SeeqlSession(
        open.connector(),
        sparkSession,
        chosenId == null ? options : options.withRunId(chosenId),
        new RunDisplay(progress));
  }
}
