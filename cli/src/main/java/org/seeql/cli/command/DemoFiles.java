package org.seeql.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The demo's files in the checkout.
 *
 * @param root the folder {@code demo}
 */
record DemoFiles(Path root) {

  /** Those of the checkout whose {@code ./seeql} runs. */
  static DemoFiles find(Invocation invocation) {
    Path home = invocation.variable("SEEQL_HOME").map(Path::of).orElseGet(invocation::directory);
    DemoFiles files = new DemoFiles(home.resolve("demo"));
    if (!Files.isDirectory(files.images()) || !Files.isRegularFile(files.models())) {
      throw new CommandRefusal(
          "Cannot find the demo's images and models in "
              + files.root
              + ": run ./seeql of a checkout, or set SEEQL_HOME to one");
    }
    return files;
  }

  /** The pictures that are shown. */
  Path images() {
    return pictures("show");
  }

  /**
   * The pictures of a split.
   *
   * @param split show, or profile for those that models are measured with
   */
  Path pictures(String split) {
    return root.resolve("images").resolve(split);
  }

  /** The statements that register the models. */
  Path models() {
    return root.resolve("models.sql");
  }

  /** What the pictures of a split show, as COCO JSON. */
  Path annotations(String split) {
    return root.resolve("annotations").resolve(split + ".json");
  }
}
