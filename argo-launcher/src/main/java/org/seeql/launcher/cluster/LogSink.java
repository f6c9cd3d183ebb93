package org.seeql.launcher.cluster;

/** Receives the logs of a run. Calls are never concurrent. */
public interface LogSink {

  /**
   * Receives a line of a log.
   *
   * @param source {@code driver}, {@code step} or {@code executor 1}
   */
  void line(int statement, String source, String text);

  /** Receives the reason why a log is missing. */
  void note(String text);
}
