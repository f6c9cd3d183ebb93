package org.seeql.cli.command;

import picocli.CommandLine.Option;

/** The format of a command's summary. */
final class SummaryFormatOption {
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "Output format: text or json. Default: ${DEFAULT-VALUE}.")
  private SummaryFormat format;

  SummaryFormat format() {
    return format;
  }
}
