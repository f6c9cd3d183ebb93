package org.seeql.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.Style;
import org.seeql.datasets.export.CocoExport;
import org.seeql.datasets.export.CocoResultsExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "coco",
    description = {
      "Writes the images, annotations and categories of a data set in COCO's format.",
      "With --run, writes the detections of a run in COCO's results format, which pycocotools "
          + "loads: a JSON list of image_id, category_id, bbox [x, y, width, height] and score. "
          + "Classes are mapped to the categories of the data set by name."
    })
final class ExportCocoCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Invocation invocation;

  @Mixin private ExportSource source;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "Writes only the images of this split (images.split), and their annotations.")
  private String split;

  @Mixin private ExportOptions options;
  @Mixin private DatabaseOptions database;

  ExportCocoCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    if (source.runId().isPresent() && split != null) {
      throw new CommandRefusal(
          "Cannot use --split with --run: all detections of a run are exported; remove one of them");
    }
    ExportTarget target = options.target(invocation);
    try (OpenDatabase open = database.open(invocation)) {
      if (source.runId().isPresent()) {
        exportRun(open, source.runId().get(), target);
      } else {
        exportDataSet(open, target);
      }
    }
    return ExitCode.DONE;
  }

  private void exportDataSet(OpenDatabase open, ExportTarget target) {
    CocoExport export = new CocoExport(open.connector());
    CocoExport.Summary summary =
        target.write(out -> export.write(source.dataSet(), Optional.ofNullable(split), out));
    if (options.printsJson()) {
      ObjectNode document = JSON.createObjectNode();
      document.put("database", source.dataSet());
      document.put("file", target.file().orElseThrow().toString());
      document.put("images", summary.images());
      document.put("annotations", summary.annotations());
      document.put("categories", summary.categories());
      invocation.console().out().println(document.toString());
      return;
    }
    Channel err = invocation.console().messages();
    err.println(
        err.paint(Style.GREEN, "✓")
            + String.format(
                Locale.ROOT,
                " %,d %s, %,d %s, %,d %s of %s%s",
                summary.images(),
                summary.images() == 1 ? "image" : "images",
                summary.annotations(),
                summary.annotations() == 1 ? "annotation" : "annotations",
                summary.categories(),
                summary.categories() == 1 ? "category" : "categories",
                source.dataSet(),
                target.file().map(file -> " in " + file).orElse("")));
  }

  private void exportRun(OpenDatabase open, String runId, ExportTarget target) {
    CocoResultsExport export = new CocoResultsExport(open.connector());
    CocoResultsExport.Summary summary =
        target.write(out -> export.write(source.dataSet(), runId, out));
    if (options.printsJson()) {
      invocation.console().out().println(json(summary, runId, target));
    } else {
      print(summary, runId, target);
    }
  }

  private void print(CocoResultsExport.Summary summary, String runId, ExportTarget target) {
    Channel err = invocation.console().messages();
    boolean whole = summary.leftOut().isEmpty();
    err.println(
        err.paint(whole ? Style.GREEN : Style.YELLOW, whole ? "✓" : "!")
            + String.format(
                Locale.ROOT,
                " %,d %s of run %s%s",
                summary.detections(),
                summary.detections() == 1 ? "detection" : "detections",
                runId,
                target.file().map(file -> " in " + file).orElse("")));
    if (!whole) {
      err.println(
          "  left out, because "
              + source.dataSet()
              + " has no such category: "
              + summary.leftOut().entrySet().stream()
                  .sorted(Map.Entry.comparingByKey())
                  .map(e -> String.format(Locale.ROOT, "%,d %s", e.getValue(), e.getKey()))
                  .collect(Collectors.joining(", ")));
    }
  }

  private String json(CocoResultsExport.Summary summary, String runId, ExportTarget target) {
    ObjectNode document = JSON.createObjectNode();
    document.put("run_id", runId);
    document.put("file", target.file().orElseThrow().toString());
    document.put("detections", summary.detections());
    ObjectNode leftOut = document.putObject("left_out");
    summary.leftOut().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(e -> leftOut.put(e.getKey(), e.getValue()));
    return document.toString();
  }
}
