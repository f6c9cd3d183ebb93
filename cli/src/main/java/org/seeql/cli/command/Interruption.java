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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ctrl-C and SIGTERM. The first asks the command to stop; where that takes too long, or the command
 * cannot be asked, the process ends without it. The second ends the process at once. Thread-safe.
 */
final class Interruption {
  private static final Logger LOG = LoggerFactory.getLogger(Interruption.class);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long MILLIS_BETWEEN_REQUESTS = 250;
  private static final String INTERRUPTED = "Interrupted";

  /** Why a command is to stop. */
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
   * Nothing is watched yet.
   *
   * @param exit ends the process in an orderly way
   * @param halt ends the process at once
   */
  Interruption(
      Signals signals, Channel err, IntConsumer exit, IntConsumer halt, Duration patience) {
    this.signals = requireNonNull(signals, "signals is null");
    this.err = requireNonNull(err, "err is null");
    this.exit = requireNonNull(exit, "exit is null");
    this.halt = requireNonNull(halt, "halt is null");
    this.patience = requireNonNull(patience, "patience is null");
  }

  /** That of a process. */
  static Interruption of(Signals signals, Channel err) {
    return new Interruption(
        signals, err, System::exit, code -> Runtime.getRuntime().halt(code), PATIENCE);
  }

  /** From now on signals are for the command, and the process does not end by itself at one. */
  void watch() {
    for (Cause signal : Cause.values()) {
      signals.handle(signal.name(), () -> request(signal));
    }
  }

  /**
   * Runs work that must not be interrupted: otherwise what it starts, such as a server, would
   * remain.
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
   * Says how the command is asked to stop.
   *
   * @param stop called on other threads until the command ends; the next call begins after the last
   *     one has ended. It may block
   */
  void stopBy(Runnable stop) {
    this.stop = Optional.of(stop);
  }

  boolean isRequested() {
    return cause.get() != null;
  }

  /** Whether what happened to the command has been said: nothing is to follow. */
  boolean isReported() {
    return reported.get();
  }

  /** With which the command ends, where it was asked to stop. */
  int exitCode() {
    Cause signal = cause.get();
    if (signal == null) {
      throw new IllegalStateException("nothing was interrupted");
    }
    return signal.exitCode;
  }

  /** Says in one line that the command was stopped, and what that left undone; only once. */
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

  /** Asks until the command ends the process, or it is ended here. */
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

  /** On a thread of its own: the patience ends also where the command blocks whoever asks it. */
  private static Thread stopping(Runnable stop) {
    Thread stopping =
        new Thread(
            () -> {
              try {
                stop.run();
              } catch (RuntimeException | Error e) {
                LOG.debug("Cannot ask the command to stop", e);
              }
            },
            "stop");
    stopping.setDaemon(true);
    stopping.start();
    return stopping;
  }
}
