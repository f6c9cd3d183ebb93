package org.seeql.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "import",
    description = "Brings images, and what they show, into tables, so that statements find them.")
final class ImportCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** Handles {@code import} without a subcommand. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing what to import: folder, coco, voc");
  }
}
