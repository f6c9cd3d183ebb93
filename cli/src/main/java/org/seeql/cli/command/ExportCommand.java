package org.seeql.cli.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "export", description = "Writes predictions or data sets into files.")
final class ExportCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** Handles {@code export} without a subcommand. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Missing command: export coco, export yolo or export sql");
  }
}
