package org.seeql.cli.command;

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

  SummaryFormat format() {
    return format.format();
  }
}
