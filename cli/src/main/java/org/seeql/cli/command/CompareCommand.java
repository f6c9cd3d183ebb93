package org.seeql.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.Style;
import org.seeql.cli.report.ComparisonReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "compare",
    description =
        "Compares two evaluations of TO EVALUATE on one data set: the measures of each class, and "
            + "the images on which they differ. B minus A is in the columns …_delta.")
final class CompareCommand implements Callable<Integer> {
  /** What a row represents. */
  enum By {
    CLASS,
    IMAGE
  }

  private final Invocation invocation;

  @Parameters(
      index = "0",
      paramLabel = "A",
      converter = RunIdConverter.class,
      description = "The run id of an evaluation, or the name of an evaluated model.")
  private String first;

  @Parameters(
      index = "1",
      paramLabel = "B",
      converter = RunIdConverter.class,
      description = "The other one.")
  private String second;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description =
          "The data set on which models are compared. Default: the one on which both were "
              + "evaluated.")
  private String dataset;

  @Option(
      names = "--by",
      paramLabel = "ROW",
      defaultValue = "class",
      description =
          "What a row is: class, or image. Images need evaluations with keep_matches. Default: "
              + "${DEFAULT-VALUE}.")
  private By by;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "The largest number of images. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "Also writes the comparison as one HTML page that needs no network.")
  private String page;

  @Mixin private RowOutput rows;
  @Mixin private DatabaseOptions database;

  CompareCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new CommandRefusal("Invalid value for --limit: %d (at least 1)".formatted(limit));
    }
    Optional<Path> file = Optional.ofNullable(page).map(invocation::resolve);
    ComparisonReport report;
    try (OpenDatabase openDatabase = database.open(invocation)) {
      report =
          ComparisonReport.of(
              openDatabase.connector(),
              new ComparisonReport.Request(first, second, Optional.ofNullable(dataset), limit),
              file);
    }
    Channel messages = invocation.console().messages();
    report.notes().forEach(note -> messages.println(messages.paint(Style.DIM, note)));
    file.ifPresent(written -> messages.println(written.toString()));
    ComparisonReport.Table table =
        switch (by) {
          case CLASS -> report.classes();
          case IMAGE -> report.images(limit);
        };
    return rows.write(
        invocation,
        console -> {
          rows.format().on(console.out()).print(table.columns(), table.rows().iterator());
          return ExitCode.DONE;
        });
  }
}
