package org.seeql.cli.command;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Locale;
import org.seeql.cli.console.Progress;
import org.seeql.cli.console.ProgressDisplay;
import org.seeql.datasets.load.DataSetListener;

/** Shows the progress of a data set import. */
final class DataSetImportDisplay implements DataSetListener {
  private final ProgressDisplay display;
  private long started = System.nanoTime();
  private Phase latest = Phase.CHECKED;

  DataSetImportDisplay(ProgressDisplay display) {
    this.display = requireNonNull(display, "display is null");
  }

  @Override
  public void reading(String source) {
    display.doing("reading " + source);
  }

  @Override
  public void progress(Phase phase, long done, long total) {
    if (phase != latest) {
      latest = phase;
      started = System.nanoTime();
    }
    if (phase == Phase.CHECKED) {
      display.doing(String.format(Locale.ROOT, "checking annotations, %,d so far", done));
      return;
    }
    Duration elapsed = Duration.ofNanos(System.nanoTime() - started);
    display.show(
        new Progress(
            phase.name().toLowerCase(Locale.ROOT),
            Progress.Unit.ANNOTATIONS,
            0,
            done,
            total,
            0,
            elapsed));
  }
}
