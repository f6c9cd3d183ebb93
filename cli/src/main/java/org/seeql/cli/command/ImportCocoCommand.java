package org.seeql.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.seeql.cli.console.ProgressDisplay;
import org.seeql.datasets.coco.CocoFile;
import org.seeql.datasets.load.DataSetImport;
import org.seeql.datasets.load.DataSetListener;
import org.seeql.datasets.load.DataSetSummary;
import org.seeql.datasets.record.DataSetSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "coco",
    description = {
      "Imports annotations in COCO's format: images, annotations, categories, licenses, info.",
      "Writes either all data or nothing. Existing rows are not changed."
    })
final class ImportCocoCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(paramLabel = "ANNOTATIONS.json", arity = "1..*", description = "COCO's JSON files.")
  private List<String> files;

  @Option(
      names = "--images",
      required = true,
      paramLabel = "DIR",
      description = "The folder or URI that the file_name of images is relative to.")
  private String images;

  @Mixin private DataSetImportOptions options;

  ImportCocoCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    String folder = DataSetFolders.imageFolder(invocation, images);
    List<CocoFile> sources =
        files.stream().map(file -> new CocoFile(invocation.resolve(file), file)).toList();
    return run(invocation, options, folder, sources);
  }

  /** Runs the import and prints its summary. */
  static int run(
      Invocation invocation,
      DataSetImportOptions options,
      String folder,
      List<? extends DataSetSource> sources) {
    ProgressDisplay display = new ProgressDisplay(invocation.console().messages());
    try (OpenDatabase open = options.open(invocation);
        ProblemReport report = options.report(invocation)) {
      DataSetListener listener = new DataSetImportDisplay(display);
      DataSetSummary summary =
          new DataSetImport(
                  open.connector(),
                  listener,
                  problem -> {
                    display.clear();
                    report.accept(problem);
                  })
              .run(sources, options.request(folder));
      display.clear();
      new DataSetSummaryPrinter(invocation.console(), options.format()).print(summary);
    } finally {
      display.clear();
    }
    return ExitCode.DONE;
  }
}
