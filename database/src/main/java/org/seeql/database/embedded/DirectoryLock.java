package org.seeql.database.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The lock of a data directory, between processes.
 *
 * <p>It locks two bytes of one file. A process locks byte 0 exclusively while it starts or stops
 * the server. A process holds a shared lock on byte 1 while it uses the server. A process that can
 * lock byte 1 exclusively is the last user. The kernel releases the locks of a killed process, so
 * no lock is ever stale.
 *
 * <p>At most one instance per directory and JVM may exist: closing any handle of the file releases
 * all its locks.
 */
final class DirectoryLock implements Closeable {
  private static final long CHANGING = 0;
  private static final long USING = 1;
  private static final Duration TIMEOUT = Duration.ofSeconds(90);

  private final FileChannel channel;
  private final Path file;
  private FileLock using;

  private DirectoryLock(FileChannel channel, Path file) {
    this.channel = channel;
    this.file = file;
  }

  static DirectoryLock open(DataDirectory directory) throws IOException {
    Path file = directory.lockFile();
    return new DirectoryLock(FileChannel.open(file, CREATE, READ, WRITE), file);
  }

  /** Runs an action while no other process starts or stops the server. */
  <T> T runExclusively(Change<T> change) throws IOException {
    FileLock lock = awaitLock();
    try {
      return change.run();
    } finally {
      lock.release();
    }
  }

  /** An action that starts or stops the server. */
  interface Change<T> {
    T run() throws IOException;
  }

  private FileLock awaitLock() throws IOException {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (System.nanoTime() < deadline) {
      FileLock lock = channel.tryLock(CHANGING, 1, false);
      if (lock != null) {
        return lock;
      }
      pause();
    }
    throw new EmbeddedDatabaseException(
        "Cannot use the embedded database: another process has been starting or stopping it for "
            + TIMEOUT.toSeconds()
            + " seconds; `fuser -v "
            + file
            + "` shows that process");
  }

  /** Records that this process uses the server. Call it inside {@link #runExclusively}. */
  void enter() throws IOException {
    using = channel.lock(USING, 1, true);
  }

  /**
   * Records that this process no longer uses the server. Call it inside {@link #runExclusively}.
   *
   * @return whether this process was the last user
   */
  boolean leave() throws IOException {
    using.release();
    FileLock all = channel.tryLock(USING, 1, false);
    if (all == null) {
      return false;
    }
    all.release();
    return true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedDatabaseException("Interrupted while waiting for the embedded database", e);
    }
  }
}
