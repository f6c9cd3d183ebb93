package org.seeql.cli.command;

import org.seeql.cli.console.RowFormat;
import picocli.CommandLine.Option;

/** The format of a command that lists rows. */
final class RowFormatOption {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "Output format: table, csv or json. Default: ${DEFAULT-VALUE}.")
  private RowFormat format;

  RowFormat format() {
    return format;
  }
}
