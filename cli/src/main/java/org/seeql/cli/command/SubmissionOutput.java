package org.seeql.cli.command;

import java.util.List;
import org.seeql.cli.console.Channel;
import org.seeql.launcher.manifest.Manifests;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a command that creates objects on a cluster does with their manifests, and prints. */
final class SubmissionOutput {
  @Option(
      names = "--dry-run",
      description =
          "Only prints the manifests, in the order of their creation. Needs no cluster and "
              + "no database.")
  private boolean dryRun;

  @Mixin private SummaryFormatOption format;

  /** Whether the manifests are only printed. */
  boolean isDryRun() {
    return dryRun;
  }

  /** Prints objects in the order of their creation: as YAML documents, or as one List of JSON. */
  void print(List<?> objects, Channel out) {
    out.println(
        format() == SummaryFormat.JSON
            ? RunPrinter.text(Manifests.list(objects))
            : Manifests.yaml(objects).stripTrailing());
  }

  SummaryFormat format() {
    return format.format();
  }
}
