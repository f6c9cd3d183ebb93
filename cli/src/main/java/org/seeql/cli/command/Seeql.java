package org.seeql.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code seeql} command. Manifests and start scripts name this class, and programs name {@code
 * org.seeql.spark.frame.Seeql}, so neither is renamed.
 */
@Command(
    name = "seeql",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    version = "SeeQL 0.1.0",
    sortOptions = false,
    usageHelpWidth = 100,
    description =
        "Runs vision models over the images of a relational database, from one SQL statement.",
    footer = {
      "",
      "Exit codes: 0 done, 1 refused (an error in your input), 2 failed, 130 interrupted, 143 terminated.",
      "New here? Try: ${COMMAND-NAME} demo"
    })
public final class Seeql implements Runnable {
  /** The variable in which {@code ./seeql} passes the word by which it was called. */
  private static final String COMMAND = "SEEQL_COMMAND";

  /** Variables of the environment, and the settings of files that they replace. */
  private static final Map<String, String> REPLACED =
      Map.of(
          "SEEQL_DATABASE_USER", "user",
          "SEEQL_DATABASE_PASSWORD", "password-file",
          "SEEQL_LEASE_SECONDS", "lease-seconds");

  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Shows Spark's log and the stack traces of errors.")
  private boolean verbose;

  @Option(
      names = "--quiet",
      scope = ScopeType.INHERIT,
      description = "Prints no progress, summaries and hints. Rows and errors are printed.")
  @SuppressWarnings("UnusedVariable") // the console is needed before picocli parses the arguments
  private boolean quiet;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "The profile of the configuration files. Default: SEEQL_PROFILE.")
  @SuppressWarnings("UnusedVariable") // the files are read before picocli parses the arguments
  private String profile;

  private Seeql() {}

  public static void main(String[] arguments) {
    if (List.of(arguments).contains("--verbose")) {
      // log4j2.properties reads this property, so it must be set before the first log message
      System.setProperty("seeql.log.root", "info");
      System.setProperty("seeql.log", "debug");
    }
    Map<String, String> environment = System.getenv();
    Optional<TemporaryFolder> temporary = TemporaryFolder.ofProcess();
    int exitCode =
        run(
            Console.ofProcess(environment),
            environment,
            Path.of(""),
            Signals.ofProcess(),
            arguments);
    temporary.ifPresent(TemporaryFolder::delete);
    System.exit(exitCode);
  }

  /**
   * Runs a command line to completion.
   *
   * @param directory the user's current directory
   * @return the exit code: 0 done, 1 refused, 2 failed, 130 interrupted, 143 terminated
   */
  public static int run(
      Console console, Map<String, String> environment, Path directory, String... arguments) {
    return run(console, environment, directory, Signals.NONE, arguments);
  }

  private static int run(
      Console console,
      Map<String, String> environment,
      Path directory,
      Signals signals,
      String... arguments) {
    Interruption interruption = Interruption.of(signals, console.err());
    String word = environment.getOrDefault(COMMAND, "");
    Console named = word.isEmpty() ? console : console.calledBy(word);
    Console used = List.of(arguments).contains("--quiet") ? named.quiet() : named;
    Invocation invocation = new Invocation(used, environment, directory, interruption);
    Seeql seeql = new Seeql();
    ErrorPrinter errors =
        new ErrorPrinter(console.err(), () -> seeql.verbose, interruption, invocation.program());
    CommandLine commandLine =
        new CommandLine(seeql)
            .addSubcommand(new DemoCommand(invocation))
            .addSubcommand(new RunCommand(invocation))
            .addSubcommand(
                new CommandLine(new ImportCommand())
                    .addSubcommand(new ImportFolderCommand(invocation))
                    .addSubcommand(new ImportCocoCommand(invocation))
                    .addSubcommand(new ImportVocCommand(invocation))
                    .addSubcommand(new ImportYoloCommand(invocation)))
            .addSubcommand(
                new CommandLine(new ExportCommand(invocation))
                    .addSubcommand(new ExportCocoCommand(invocation))
                    .addSubcommand(new ExportYoloCommand(invocation))
                    .addSubcommand(new ExportSqlCommand(invocation)))
            .addSubcommand(
                new CommandLine(new RunsCommand(invocation))
                    .addSubcommand(new RunsRemoveCommand(invocation))
                    .addSubcommand(new RunsPruneCommand(invocation)))
            .addSubcommand(new ModelsCommand(invocation))
            .addSubcommand(new ReportCommand(invocation))
            .addSubcommand(new CompareCommand(invocation))
            .addSubcommand(new ParseCommand(invocation))
            .addSubcommand(new PlanCommand(invocation))
            .addSubcommand(new SubmitCommand(invocation))
            .addSubcommand(new ListCommand(invocation))
            .addSubcommand(new StatusCommand(invocation))
            .addSubcommand(new LogsCommand(invocation))
            .addSubcommand(new WaitCommand(invocation))
            .addSubcommand(new CancelCommand(invocation))
            .addSubcommand(new StopSparkCommand(invocation))
            .addSubcommand(new ScheduleCommand(invocation))
            .addSubcommand(new SchedulesCommand(invocation))
            .addSubcommand(new UnscheduleCommand(invocation))
            .addSubcommand(new InstallCommand(invocation))
            .addSubcommand(new ConfigCommand(invocation))
            .addSubcommand(new DoctorCommand(invocation))
            .addSubcommand(new CompletionCommand(invocation))
            .addSubcommand(new CommandLine.HelpCommand())
            .setCommandName(invocation.program())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setColorScheme(
                CommandLine.Help.defaultColorScheme(
                    console.out().look() == Channel.Look.COLOUR ? Ansi.ON : Ansi.OFF))
            .setOut(new PrintWriter(console.out().helpStream(), true, UTF_8))
            .setExecutionExceptionHandler(errors)
            .setParameterExceptionHandler(errors);
    try {
      String[] normalized = Arguments.normalized(arguments);
      commandLine.setDefaultValueProvider(defaults(commandLine, invocation, normalized));
      return commandLine.execute(normalized);
    } catch (CommandRefusal e) {
      return errors.handle(e);
    } catch (Error e) {
      // picocli handles only exceptions, not errors
      return errors.handle(e);
    } finally {
      console.out().stream().flush();
      console.err().stream().flush();
    }
  }

  /**
   * The defaults of the configuration files. The command line and the environment take precedence.
   */
  private static SettingsDefaults defaults(
      CommandLine commandLine, Invocation invocation, String... arguments) {
    Optional<String> profile =
        Arguments.find("--profile", arguments).or(() -> invocation.variable("SEEQL_PROFILE"));
    Settings settings = Settings.read(invocation, SettingsDefaults.names(commandLine), profile);
    boolean selectsDatabase =
        Arguments.find("--database", arguments)
            .or(() -> Arguments.find("--data-dir", arguments))
            .or(() -> invocation.variable("SEEQL_DATABASE"))
            .or(() -> invocation.variable("SEEQL_DATA_DIR"))
            .isPresent();
    if (selectsDatabase) {
      settings = settings.withoutDatabase();
    }
    for (Map.Entry<String, String> replaced : REPLACED.entrySet()) {
      if (invocation.variable(replaced.getKey()).isPresent()) {
        settings = settings.without(replaced.getValue());
      }
    }
    return new SettingsDefaults(settings);
  }

  /** Handles {@code seeql} without a command. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
