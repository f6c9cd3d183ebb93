package org.seeql.cli.command;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.Style;
import org.slf4j.LoggerFactory;

/**
 * Handles Ctrl-C and SIGTERM. The first signal asks the command to stop. If that takes too long or
 * the command cannot be asked, the process exits without waiting. The second signal halts the
 * process immediately. Thread-safe.
 */
final class Interruption {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long MILLIS_BETWEEN_REQUESTS = 250;
  private static final String INTERRUPTED = "Interrupted";

  /** The signal that requests a stop. */
  enum Cause {
    INT(130),
    TERM(143);

    private final int exitCode;

    Cause(int exitCode) {
      this.exitCode = exitCode;
    }
  }

  private final Signals signals;
  private final Channel err;
  private final IntConsumer exit;
  private final IntConsumer halt;
  private final Duration patience;
  private final AtomicReference<Cause> cause = new AtomicReference<>();
  private final AtomicBoolean reported = new AtomicBoolean();
  private volatile Optional<Runnable> stop = Optional.empty();
  private volatile boolean starting;

  /**
   * Creates an instance that does not yet handle signals.
   *
   * @param exit ends the process with shutdown hooks
   * @param halt ends the process immediately, without shutdown hooks
   */
  Interruption(
      Signals signals, Channel err, IntConsumer exit, IntConsumer halt, Duration patience) {
    this.signals = requireNonNull(signals, "signals is null");
    this.err = requireNonNull(err, "err is null");
    this.exit = requireNonNull(exit, "exit is null");
    this.halt = requireNonNull(halt, "halt is null");
    this.patience = requireNonNull(patience, "patience is null");
  }

  /** The instance for the current process. */
  static Interruption of(Signals signals, Channel err) {
    return new Interruption(
        signals, err, System::exit, code -> Runtime.getRuntime().halt(code), PATIENCE);
  }

  /** Starts to handle signals. From now on a signal no longer ends the process by itself. */
  void watch() {
    for (Cause signal : Cause.values()) {
      signals.handle(signal.name(), () -> request(signal));
    }
  }

  /**
   * Runs work that must not be interrupted. Otherwise a started process, such as a server, would be
   * left behind.
   */
  <T> T whole(Supplier<T> work) {
    starting = true;
    try {
      return work.get();
    } finally {
      starting = false;
    }
  }

  /**
   * Sets the action that asks the command to stop.
   *
   * @param stop called on other threads, repeatedly and never concurrently, until the command ends;
   *     it may block
   */
  void stopBy(Runnable stop) {
    this.stop = Optional.of(stop);
  }

  boolean isRequested() {
    return cause.get() != null;
  }

  /** Whether the interruption has been reported. If so, print no further messages. */
  boolean isReported() {
    return reported.get();
  }

  /** The exit code of an interrupted command. */
  int exitCode() {
    Cause signal = cause.get();
    if (signal == null) {
      throw new IllegalStateException("nothing was interrupted");
    }
    return signal.exitCode;
  }

  /** Prints one line: the command was interrupted, and what remains undone. Prints only once. */
  void report(String undone) {
    if (reported.compareAndSet(false, true)) {
      err.println(err.paint(Style.YELLOW, INTERRUPTED + (undone.isEmpty() ? "" : "; " + undone)));
    }
  }

  private void request(Cause signal) {
    if (!cause.compareAndSet(null, signal)) {
      report("");
      halt.accept(exitCode());
      return;
    }
    Thread asking = new Thread(this::ask, "interruption");
    asking.setDaemon(true);
    asking.start();
  }

  /** Asks the command to stop until the process ends, and exits when the patience is exhausted. */
  private void ask() {
    long end = System.nanoTime() + patience.toNanos();
    Thread stopping = null;
    try {
      while (starting || (stop.isPresent() && System.nanoTime() < end)) {
        if (starting) {
          end = System.nanoTime() + patience.toNanos();
        } else if (!isReported() && (stopping == null || !stopping.isAlive())) {
          stopping = stopping(stop.get());
        }
        Thread.sleep(MILLIS_BETWEEN_REQUESTS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    report("");
    exit.accept(exitCode());
  }

  /**
   * Runs the request on its own thread, so that a request that blocks does not extend the patience.
   */
  private static Thread stopping(Runnable stop) {
    Thread stopping =
        new Thread(
            () -> {
              try {
                stop.run();
              } catch (RuntimeException | Error e) {
                // no static logger: the logging library would double the time of a short command
                LoggerFactory.getLogger(Interruption.class).debug("Cannot stop the command", e);
              }
            },
            "stop");
    stopping.setDaemon(true);
    stopping.start();
    return stopping;
  }
}
