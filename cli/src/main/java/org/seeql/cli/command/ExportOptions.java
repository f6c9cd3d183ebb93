package org.seeql.cli.command;

import picocli.CommandLine.Option;

/** The target of an export, and the format of its summary. */
final class ExportOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The output file. Default: standard output.")
  private String output;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description =
          "Format of the summary, with --output: text or json. Default: ${DEFAULT-VALUE}.")
  private SummaryFormat format;

  ExportTarget target(Invocation invocation) {
    return new ExportTarget(invocation, output);
  }

  /** Standard output can take a JSON summary only if the export is written to a file. */
  boolean printsJson() {
    return format == SummaryFormat.JSON && output != null;
  }
}
