package org.seeql.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.Progress;
import org.seeql.cli.console.ProgressDisplay;
import org.seeql.cli.console.Style;
import org.seeql.datasets.FolderImport;
import org.seeql.datasets.ImportSummary;
import org.seeql.datasets.ImportSummary.SkippedFile;
import org.seeql.planner.statement.TableName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "folder",
    description = {
      "Registers the images of a folder and its subfolders: id, file_name (relative to the "
          + "folder), width, height (as the image is displayed), bytes, sha256.",
      "Run it again to add new images."
    })
final class ImportFolderCommand implements Callable<Integer> {
  private static final int SKIPPED_SHOWN = 10;

  private final Invocation invocation;

  @Parameters(paramLabel = "DIR", description = "The folder.")
  private String folder;

  @Option(
      names = "--into",
      required = true,
      paramLabel = "TABLE",
      converter = TableNameConverter.class,
      description =
          "The table, such as db.images. The table and its database are created if they do "
              + "not exist.")
  private TableName table;

  @Mixin private DatabaseOptions database;

  ImportFolderCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    if (folder.matches("[A-Za-z][A-Za-z0-9+.-]+://.*")) {
      throw new CommandRefusal(
          "Cannot import %s: only local folders can be imported; create a table of paths yourself, and set their root with --image_dir=%1$s"
              .formatted(folder));
    }
    Channel err = invocation.console().err();
    try (OpenDatabase open = database.open(invocation)) {
      ImportSummary summary =
          run(open, invocation.resolve(folder), table, new ProgressDisplay(err));
      print(summary, err);
    }
    return ExitCode.DONE;
  }

  /** Imports a folder and shows the progress. */
  static ImportSummary run(
      OpenDatabase database, Path folder, TableName table, ProgressDisplay display) {
    long started = System.nanoTime();
    try {
      return new FolderImport(
              database.connector(),
              (files, total) ->
                  display.show(
                      new Progress(
                          "imported",
                          files,
                          total,
                          0,
                          Duration.ofNanos(System.nanoTime() - started))))
          .run(folder, table);
    } finally {
      display.clear();
    }
  }

  private static void print(ImportSummary summary, Channel err) {
    err.println(
        err.paint(Style.GREEN, "✓")
            + " "
            + err.paint(Style.BOLD, summary.table().toString())
            + String.format(
                Locale.ROOT,
                ": %,d %s added, %,d known, %,d %s skipped",
                summary.added(),
                summary.added() == 1 ? "image" : "images",
                summary.known(),
                summary.skipped(),
                summary.skipped() == 1 ? "file" : "files"));
    if (summary.changed() > 0) {
      err.println(
          String.format(
              Locale.ROOT,
              "  %,d known, but the size of the file has changed: delete their rows and "
                  + "import again",
              summary.changed()));
    }
    summary.examples().stream()
        .limit(SKIPPED_SHOWN)
        .map(ImportFolderCommand::line)
        .forEach(line -> err.println(err.paint(Style.DIM, line)));
    if (summary.skipped() > SKIPPED_SHOWN) {
      err.println(
          err.paint(
              Style.DIM,
              String.format(Locale.ROOT, "  … and %,d more", summary.skipped() - SKIPPED_SHOWN)));
    }
  }

  private static String line(SkippedFile file) {
    return "  skipped " + file.path() + ": " + file.reason();
  }
}
