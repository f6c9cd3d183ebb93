package org.seeql.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.Style;
import org.seeql.datasets.export.CocoResultsExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "coco",
    description = {
      "Writes the detections of a run in COCO's results format, which pycocotools loads: a "
          + "JSON list of image_id, category_id, bbox [x, y, width, height] and score.",
      "Classes are mapped to the categories of the data set by name."
    })
final class ExportCocoCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Invocation invocation;

  @Parameters(
      paramLabel = "DATABASE",
      converter = DatabaseNameConverter.class,
      description = "The data set with the images of the run.")
  private String dataSet;

  @Option(
      names = "--run",
      required = true,
      paramLabel = "RUN_ID",
      converter = RunIdConverter.class,
      description = "The run id, as printed in the summary of the run.")
  private String runId;

  @Mixin private ExportOptions options;
  @Mixin private DatabaseOptions database;

  ExportCocoCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    ExportTarget target = options.target(invocation);
    try (OpenDatabase open = database.open(invocation)) {
      CocoResultsExport export = new CocoResultsExport(open.connector());
      CocoResultsExport.Summary summary = target.write(out -> export.write(dataSet, runId, out));
      if (options.printsJson()) {
        invocation.console().out().println(json(summary, target));
      } else {
        print(summary, target);
      }
    }
    return ExitCode.DONE;
  }

  private void print(CocoResultsExport.Summary summary, ExportTarget target) {
    Channel err = invocation.console().err();
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
              + dataSet
              + " has no such category: "
              + summary.leftOut().entrySet().stream()
                  .sorted(Map.Entry.comparingByKey())
                  .map(e -> String.format(Locale.ROOT, "%,d %s", e.getValue(), e.getKey()))
                  .collect(Collectors.joining(", ")));
    }
  }

  private String json(CocoResultsExport.Summary summary, ExportTarget target) {
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
