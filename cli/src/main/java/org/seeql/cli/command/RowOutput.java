package org.seeql.cli.command;

import java.util.function.ToIntFunction;
import org.seeql.cli.console.Console;
import org.seeql.cli.console.RowFormat;
import picocli.CommandLine.Option;

/** Where the rows of a command go, and their format. */
final class RowOutput {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description =
          "Format of the rows: table, csv, tsv, markdown, json (one document) or jsonl (one object "
              + "per line). Default: ${DEFAULT-VALUE}.")
  private RowFormat format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Writes the rows to a file instead of standard output. The file is replaced at the end, "
              + "and only if the command succeeds.")
  private String file;

  RowFormat format() {
    return format;
  }

  /**
   * Executes a command that prints rows.
   *
   * @param command prints to the console that it is given, and returns the exit code
   */
  int write(Invocation invocation, ToIntFunction<Console> command) {
    if (file == null) {
      return command.applyAsInt(invocation.console());
    }
    try (OutputFile output = OutputFile.create(invocation.resolve(file))) {
      int exitCode = command.applyAsInt(invocation.console().withOut(output.channel()));
      if (exitCode == ExitCode.DONE) {
        output.publish();
      }
      return exitCode;
    }
  }
}
