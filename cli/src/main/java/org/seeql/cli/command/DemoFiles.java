package org.seeql.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The demo's files in the source checkout.
 *
 * @param root the folder {@code demo}
 */
record DemoFiles(Path root) {

  /** Finds the files of the checkout that contains the running {@code ./seeql}. */
  static DemoFiles find(Invocation invocation) {
    Path home = invocation.variable("SEEQL_HOME").map(Path::of).orElseGet(invocation::directory);
    DemoFiles files = new DemoFiles(home.resolve("demo"));
    if (!Files.isDirectory(files.images()) || !Files.isRegularFile(files.models())) {
      throw new CommandRefusal(
          "Cannot find the demo's images and models in "
              + files.root
              + ": run ./seeql from a checkout of SeeQL, or set SEEQL_HOME to a checkout");
    }
    return files;
  }

  /** The folder with the pictures of the tour. */
  Path images() {
    return pictures("show");
  }

  /**
   * The folder with the pictures of a split.
   *
   * @param split {@code show} for the tour, or {@code profile} for measuring models
   */
  Path pictures(String split) {
    return root.resolve("images").resolve(split);
  }

  /** The SQL file that registers the models. */
  Path models() {
    return root.resolve("models.sql");
  }

  /** The annotations of a split's pictures, as COCO JSON. */
  Path annotations(String split) {
    return root.resolve("annotations").resolve(split + ".json");
  }
}
