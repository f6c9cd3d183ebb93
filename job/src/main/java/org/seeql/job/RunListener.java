package org.seeql.job;

/** Receives the progress of a statement. Called from one thread at a time; must not block. */
public interface RunListener {
  /** Ignores all events. */
  RunListener NONE = new RunListener() {};

  /** A run starts or resumes. */
  default void started(String runId) {}

  /**
   * A stage of a run begins.
   *
   * @param name {@code plan}, {@code select}, {@code spark}, {@code partition}, {@code infer} or
   *     {@code publish}
   * @param detail a short description of the stage's input
   */
  default void stage(String name, String detail) {}

  /** Reports something that the user should know before the next stage, in one line. */
  default void notice(String text) {}

  /** Reports the progress of inference, about five times per second. */
  default void progress(RunProgress progress) {}
}
