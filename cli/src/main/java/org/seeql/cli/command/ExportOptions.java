package org.seeql.cli.command;

import picocli.CommandLine.Option;

/** Where an export goes, and how its summary is printed. */
final class ExportOptions {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The file. Default: standard output.")
  private String output;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description =
          "How the summary is printed, with --output: text or json. Default: ${DEFAULT-VALUE}.")
  private SummaryFormat format;

  ExportTarget target(Invocation invocation) {
    return new ExportTarget(invocation, output);
  }

  /** Standard output is free for a summary only where the export goes into a file. */
  boolean printsJson() {
    return format == SummaryFormat.JSON && output != null;
  }
}
