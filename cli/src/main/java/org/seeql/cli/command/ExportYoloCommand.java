package org.seeql.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.Style;
import org.seeql.datasets.export.YoloExport;
import org.seeql.datasets.export.YoloExport.ImageTransfer;
import org.seeql.datasets.export.YoloExport.LabelKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "yolo",
    description = {
      "Writes a data set in the format of Ultralytics YOLO: data.yaml, images and labels.",
      "With --run, the labels are the detections of a run, for the images that have some. Classes "
          + "are mapped to the categories of the data set by name."
    })
final class ExportYoloCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> NEEDED = List.of("train", "val");

  private final Invocation invocation;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "The folder, which must not exist, or be empty.")
  private String output;

  @Mixin private ExportSource source;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "Writes only the images of this split (images.split).")
  private String split;

  @Option(
      names = "--images",
      paramLabel = "link|copy|none",
      defaultValue = "link",
      description =
          "link creates symbolic links to the image files, copy copies them, none writes only "
              + "data.yaml and labels. Default: ${DEFAULT-VALUE}.")
  private ImageTransfer images;

  @Option(
      names = "--labels",
      paramLabel = "boxes|polygons|keypoints",
      defaultValue = "boxes",
      description = "What the label files contain. Default: ${DEFAULT-VALUE}.")
  private LabelKind labels;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "Format of the summary: text or json. Default: ${DEFAULT-VALUE}.")
  private SummaryFormat format;

  @Mixin private DatabaseOptions database;

  ExportYoloCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    if (source.runId().isPresent() && labels != LabelKind.BOXES) {
      throw new CommandRefusal(
          "Cannot use --labels=%s with --run: detections are boxes; remove it"
              .formatted(labels.name().toLowerCase(Locale.ROOT)));
    }
    ExportFolder target = new ExportFolder(invocation, output);
    YoloExport.Request request =
        new YoloExport.Request(
            source.dataSet(), source.runId(), Optional.ofNullable(split), images, labels);
    try (OpenDatabase open = database.open(invocation)) {
      YoloExport export = new YoloExport(open.connector());
      YoloExport.Summary summary = target.write(folder -> export.write(request, folder));
      if (format == SummaryFormat.JSON) {
        invocation.console().out().println(json(summary, target));
      } else {
        print(summary, target);
      }
    }
    return ExitCode.DONE;
  }

  private void print(YoloExport.Summary summary, ExportFolder target) {
    Channel err = invocation.console().messages();
    List<String> notes = notes(summary);
    long count = summary.images().values().stream().mapToLong(Long::longValue).sum();
    err.println(
        err.paint(notes.isEmpty() ? Style.GREEN : Style.YELLOW, notes.isEmpty() ? "✓" : "!")
            + String.format(
                Locale.ROOT,
                " %,d %s (%s), %,d %s in %s",
                count,
                count == 1 ? "image" : "images",
                listed(summary.images()),
                summary.objects(),
                summary.objects() == 1 ? "object" : "objects",
                target.path()));
    notes.forEach(note -> err.println("  " + note));
  }

  private List<String> notes(YoloExport.Summary summary) {
    List<String> notes = new ArrayList<>();
    if (summary.crowds() > 0) {
      notes.add(
          String.format(
              Locale.ROOT, "left out %,d crowds, which YOLO does not have", summary.crowds()));
    }
    if (!summary.leftOut().isEmpty()) {
      notes.add(
          "left out, because %s has no such category: %s"
              .formatted(source.dataSet(), listed(summary.leftOut())));
    }
    if (summary.withoutPolygon() > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%,d objects without a polygon: their boxes are written as polygons",
              summary.withoutPolygon()));
    }
    if (summary.missingFiles() > 0) {
      notes.add(String.format(Locale.ROOT, "%,d images without a file", summary.missingFiles()));
    }
    NEEDED.stream()
        .filter(name -> !summary.images().containsKey(name))
        .forEach(
            name ->
                notes.add("no image has the split %s, which Ultralytics needs".formatted(name)));
    return notes;
  }

  private static String listed(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .map(e -> String.format(Locale.ROOT, "%,d %s", e.getValue(), e.getKey()))
        .collect(Collectors.joining(", "));
  }

  private String json(YoloExport.Summary summary, ExportFolder target) {
    ObjectNode document = JSON.createObjectNode();
    document.put("database", source.dataSet());
    document.put("folder", target.path().toString());
    ObjectNode counts = document.putObject("images");
    summary.images().forEach(counts::put);
    document.put("objects", summary.objects());
    document.put("crowds", summary.crowds());
    document.put("without_polygon", summary.withoutPolygon());
    document.put("missing_files", summary.missingFiles());
    ObjectNode leftOut = document.putObject("left_out");
    summary.leftOut().forEach(leftOut::put);
    return document.toString();
  }
}
