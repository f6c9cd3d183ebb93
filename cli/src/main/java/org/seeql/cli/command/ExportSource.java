package org.seeql.cli.command;

import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is exported: the labels of a data set, or the detections of a run on its images. */
final class ExportSource {
  @Parameters(
      paramLabel = "DATABASE",
      converter = DatabaseNameConverter.class,
      description = "The data set; with --run, the one with the images of the run.")
  private String dataSet;

  @Option(
      names = "--run",
      paramLabel = "RUN_ID",
      converter = RunIdConverter.class,
      description = "The run id, as printed in the summary of the run.")
  private String runId;

  String dataSet() {
    return dataSet;
  }

  /** The run whose detections are exported; empty for the labels. */
  Optional<String> runId() {
    return Optional.ofNullable(runId);
  }
}
