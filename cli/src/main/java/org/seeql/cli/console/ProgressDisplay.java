package org.seeql.cli.console;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Shows progress. A terminal gets one line that is overwritten; other channels get a line every few
 * seconds. Thread-safe.
 */
public final class ProgressDisplay {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
  private static final Duration BETWEEN_FRAMES = Duration.ofMillis(100);
  private static final String ERASE = OwnEscapes.of("\r\u001b[K");

  private final Channel channel;
  private final LongSupplier nanoTime;
  private boolean lineIsOpen;
  private boolean shown;
  private boolean closed;
  private long lastShown;

  public ProgressDisplay(Channel channel) {
    this(channel, System::nanoTime);
  }

  ProgressDisplay(Channel channel, LongSupplier nanoTime) {
    this.channel = channel;
    this.nanoTime = nanoTime;
    this.lastShown = nanoTime.getAsLong();
  }

  /** Shows an activity whose progress cannot be counted. Terminals only. */
  public synchronized void doing(String activity) {
    if (!closed && channel.isTerminal()) {
      overwrite(channel.paint(Style.DIM, DisplayWidth.cut(activity + " …", channel.width() - 1)));
    }
  }

  /** Prints a line that stays. */
  public synchronized void announce(String text) {
    if (!closed) {
      clear();
      channel.println(text);
    }
  }

  public synchronized void show(Progress progress) {
    long now = nanoTime.getAsLong();
    Duration pause = channel.isTerminal() ? BETWEEN_FRAMES : BETWEEN_LINES;
    // a terminal shows the first frame at once; the log of a short run needs no progress lines
    boolean first = channel.isTerminal() && !shown;
    boolean tooSoon = !first && now - lastShown < pause.toNanos();
    boolean nothingToSay = !channel.isTerminal() && progress.done() == 0;
    if (closed || tooSoon || nothingToSay) {
      return;
    }
    lastShown = now;
    shown = true;
    if (channel.isTerminal()) {
      overwrite(progress.bar(channel));
    } else {
      channel.println(progress.sentence());
    }
  }

  /** Erases the line and shows no further progress. */
  public synchronized void close() {
    clear();
    closed = true;
  }

  /** Erases the line, so that other text can be printed. */
  public synchronized void clear() {
    if (lineIsOpen) {
      channel.stream().print(ERASE);
      channel.stream().flush();
      lineIsOpen = false;
    }
    shown = false;
  }

  private void overwrite(String line) {
    channel.stream().print(ERASE + line);
    channel.stream().flush();
    lineIsOpen = true;
  }
}
