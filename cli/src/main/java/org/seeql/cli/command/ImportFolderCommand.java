package org.seeql.cli.command;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.Progress;
import org.seeql.cli.console.ProgressDisplay;
import org.seeql.cli.console.Style;
import org.seeql.datasets.FileTree;
import org.seeql.datasets.FolderImport;
import org.seeql.datasets.ImportSummary;
import org.seeql.datasets.ImportSummary.SkippedFile;
import org.seeql.datasets.LocalFiles;
import org.seeql.datasets.VanishedFiles;
import org.seeql.planner.statement.TableName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "folder",
    description = {
      "Registers the images of a folder and its subfolders: image_id, file_name (relative to the "
          + "folder), width, height (as the image is displayed), bytes, sha256, and from EXIF "
          + "taken, camera, latitude, longitude.",
      "Run it again to add new images."
    })
final class ImportFolderCommand implements Callable<Integer> {
  private static final int SKIPPED_SHOWN = 10;

  private final Invocation invocation;

  @Parameters(paramLabel = "DIR", description = "A folder, or a URI such as s3a://bucket/folder.")
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

  @Option(
      names = "--sync",
      description =
          "Also set missing_since in the rows of images whose file no longer exists, and clear it "
              + "when the file is back.")
  private boolean sync;

  @Mixin private DatabaseOptions database;

  ImportFolderCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Channel err = invocation.console().messages();
    FileTree files =
        folder.matches("[A-Za-z][A-Za-z0-9+.-]+://.*")
            ? RemoteFiles.of(folder)
            : LocalFiles.of(invocation.resolve(folder));
    try (OpenDatabase open = database.open(invocation)) {
      VanishedFiles vanished = sync ? VanishedFiles.MARK : VanishedFiles.IGNORE;
      ImportSummary summary =
          run(open, files, table, vanished, new ProgressDisplay(invocation.console().messages()));
      print(summary, err);
      requireAllRead(summary);
    }
    return ExitCode.DONE;
  }

  /** Imports a folder and shows the progress. */
  private static ImportSummary run(
      OpenDatabase database,
      FileTree files,
      TableName table,
      VanishedFiles vanished,
      ProgressDisplay display) {
    long started = System.nanoTime();
    try {
      return new FolderImport(
              database.connector(),
              (done, total) ->
                  display.show(
                      new Progress(
                          "imported",
                          done,
                          total,
                          0,
                          Duration.ofNanos(System.nanoTime() - started))))
          .run(files, table, vanished);
    } finally {
      display.clear();
    }
  }

  /** An image of a store that does not respond is not imported, but it is no bad image. */
  static void requireAllRead(ImportSummary summary) {
    summary
        .unread()
        .ifPresent(
            unread -> {
              throw new CommandRefusal(
                  String.format(
                      Locale.ROOT,
                      "Cannot import %,d %s of %s: the first one is %s, %s; run the command again,"
                          + " which continues the import",
                      unread.files(),
                      unread.files() == 1 ? "file" : "files",
                      summary.root(),
                      unread.first().path(),
                      unread.first().reason()));
            });
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
    if (summary.vanished() > 0) {
      err.println(
          String.format(
              Locale.ROOT,
              "  missing files: %,d (missing_since is set in their rows)",
              summary.vanished()));
    }
    if (summary.returned() > 0) {
      err.println(
          String.format(
              Locale.ROOT,
              "  files that are back: %,d (missing_since is cleared)",
              summary.returned()));
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
