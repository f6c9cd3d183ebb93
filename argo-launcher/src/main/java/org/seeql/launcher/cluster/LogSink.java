package org.seeql.launcher.cluster;

/** Takes the logs of a run, from one thread at a time. */
public interface LogSink {

  /**
   * A line of a log.
   *
   * @param source {@code driver}, {@code step} or {@code executor 1}
   */
  void line(int statement, String source, String text);

  /** Why there is no log. */
  void note(String text);
}
