package org.seeql.cli.console;

import java.util.Map;
import org.seeql.job.RunListener;
import org.seeql.job.RunProgress;

/** Shows the progress of a run. */
public final class RunDisplay implements RunListener {
  private static final Map<String, String> ACTIVITIES =
      Map.of(
          "plan", "planning",
          "wait", "waiting",
          "select", "selecting",
          "spark", "Spark",
          "sample", "sampling",
          "partition", "partitioning",
          "infer", "starting the model",
          "audit", "auditing",
          "publish", "publishing");

  private final ProgressDisplay display;

  public RunDisplay(ProgressDisplay display) {
    this.display = display;
  }

  @Override
  public void stage(String name, String detail) {
    display.doing(ACTIVITIES.getOrDefault(name, name) + (detail.isBlank() ? "" : ": " + detail));
  }

  @Override
  public void notice(String text) {
    display.announce(text);
  }

  @Override
  public void progress(RunProgress progress) {
    display.show(
        new Progress(
            "inferred",
            progress.before(),
            progress.done(),
            progress.imagesTotal(),
            progress.failed(),
            progress.elapsed()));
  }
}
