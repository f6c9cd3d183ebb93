package org.seeql.job;

/** Is told what a statement is doing. Called from one thread at a time; must not block. */
public interface RunListener {
  /** Hears nothing. */
  RunListener NONE = new RunListener() {};

  /** A run begins, or goes on. */
  default void started(String runId) {}

  /**
   * A stage of a run begins.
   *
   * @param name {@code plan}, {@code select}, {@code spark}, {@code partition}, {@code infer} or
   *     {@code publish}
   * @param detail what it works on, in a few words
   */
  default void stage(String name, String detail) {}

  /** How far inference is; about five times a second. */
  default void progress(RunProgress progress) {}
}
