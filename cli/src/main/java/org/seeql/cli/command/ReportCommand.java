package org.seeql.cli.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.Style;
import org.seeql.cli.report.RunReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "report",
    description =
        "Writes a report of a run as one HTML page that needs no network: settings, speed, "
            + "counts, pictures with their boxes, failures. Prints the path of the page.")
final class ReportCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "RUN_ID",
      converter = RunIdConverter.class,
      description = "The run id, as printed in the summary of the run.")
  private String runId;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The output file. Default: seeql-RUN_ID.html in the current folder.")
  private String output;

  @Option(names = "--open", description = "Opens the page in the browser.")
  private boolean open;

  @Mixin private DatabaseOptions database;

  ReportCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Path page = invocation.resolve(output == null ? "seeql-" + safe(runId) + ".html" : output);
    try (OpenDatabase openDatabase = database.open(invocation)) {
      RunReport.write(openDatabase.connector(), runId, page);
    }
    Channel out = invocation.console().out();
    out.println(page.toString());
    if (open) {
      openPage(page);
    }
    return ExitCode.DONE;
  }

  private void openPage(Path page) {
    if (PageOpener.isPossible(invocation)) {
      PageOpener.open(page);
    } else {
      Channel err = invocation.console().err();
      err.println(
          err.paint(Style.DIM, "Cannot open the page: there is no display, or no xdg-open."));
    }
  }

  /** Makes the run id safe as a file name. A run that does not exist is refused only later. */
  private static String safe(String runId) {
    return runId.replaceAll("[^A-Za-z0-9_-]", "_");
  }
}
