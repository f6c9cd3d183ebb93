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
        "Writes a run as one HTML page that needs no network: settings, speed, counts, pictures"
            + " with their boxes, failures. Prints where it is.")
final class ReportCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "RUN_ID",
      converter = RunIdConverter.class,
      description = "The run, as its summary names it.")
  private String runId;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The page. Default: seeql-RUN_ID.html here.")
  private String output;

  @Option(names = "--open", description = "Shows the page in the browser.")
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
      err.println(err.paint(Style.DIM, "There is no screen, or no xdg-open, to open it with."));
    }
  }

  /** Makes the run id safe as a file name. A run that does not exist is refused only later. */
  private static String safe(String runId) {
    return runId.replaceAll("[^A-Za-z0-9_-]", "_");
  }
}
