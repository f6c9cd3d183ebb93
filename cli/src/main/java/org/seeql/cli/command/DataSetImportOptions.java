package org.seeql.cli.command;

import java.util.Optional;
import org.seeql.datasets.load.DataSetRequest;
import org.seeql.datasets.load.OnError;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that all imports of labelled data sets share. */
final class DataSetImportOptions {
  @Option(
      names = "--into",
      required = true,
      paramLabel = "DATABASE",
      converter = DatabaseNameConverter.class,
      description =
          "The database, which is created if it does not exist. Its tables are images, "
              + "annotations, categories, licenses and info.")
  private String name;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description =
          "The split that the images belong to, such as train. It is stored in images.split.")
  private String split;

  @Option(
      names = "--on-error",
      paramLabel = "fail|skip",
      defaultValue = "fail",
      description =
          "What to do with invalid data: fail writes nothing, skip leaves out the invalid "
              + "records. Default: ${DEFAULT-VALUE}.")
  private OnError onError;

  @Option(
      names = "--report",
      arity = "0..1",
      paramLabel = "FILE",
      fallbackValue = "",
      description =
          "Lists every problem on standard error, or as CSV in FILE (file, line, column, "
              + "kind, record, reason).")
  private String report;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "Format of the summary: text or json. Default: ${DEFAULT-VALUE}.")
  private SummaryFormat format;

  @Mixin private DatabaseOptions database;

  OpenDatabase open(Invocation invocation) {
    return database.open(invocation);
  }

  /**
   * @param imageFolder an absolute path or a URI
   */
  DataSetRequest request(String imageFolder) {
    return new DataSetRequest(name, imageFolder, Optional.ofNullable(split), onError);
  }

  Optional<String> split() {
    return Optional.ofNullable(split);
  }

  SummaryFormat format() {
    return format;
  }

  /** The report that lists problems. The caller closes it. */
  ProblemReport report(Invocation invocation) {
    if (report == null) {
      return ProblemReport.none();
    }
    return report.isEmpty()
        ? ProblemReport.to(invocation.console().err())
        : ProblemReport.in(invocation.resolve(report));
  }
}
