package org.seeql.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "import",
    description =
        "Imports images and their annotations into tables, so that statements can use them.")
final class ImportCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** Handles {@code import} without a subcommand. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing command: import folder, import coco, import voc or import yolo");
  }
}
