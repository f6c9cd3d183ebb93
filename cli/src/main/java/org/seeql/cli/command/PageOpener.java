package org.seeql.cli.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens a page in the user's browser. */
final class PageOpener {
  private PageOpener() {}

  /** Whether a display and a program that opens pages exist. */
  static boolean isPossible(Invocation invocation) {
    boolean screen =
        invocation.variable("DISPLAY").isPresent()
            || invocation.variable("WAYLAND_DISPLAY").isPresent();
    return screen && isInstalled(invocation);
  }

  static void open(Path page) {
    try {
      new ProcessBuilder("xdg-open", page.toString())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new CommandRefusal("Cannot open " + page + " with xdg-open: " + e.getMessage(), e);
    }
  }

  private static boolean isInstalled(Invocation invocation) {
    for (String folder : invocation.variable("PATH").orElse("").split(File.pathSeparator, -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, "xdg-open"))) {
        return true;
      }
    }
    return false;
  }
}
