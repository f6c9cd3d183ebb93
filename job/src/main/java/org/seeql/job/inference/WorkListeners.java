package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The listener of this JVM. A static registry, because tasks come to an executor from another
 * machine and cannot bring a listener. Thread-safe.
 */
public final class WorkListeners {
  private static final AtomicReference<WorkListener> OF_JVM =
      new AtomicReference<>(WorkListener.NONE);

  private WorkListeners() {}

  /** The listener that was installed last, or {@link WorkListener#NONE}. */
  public static WorkListener ofJvm() {
    return OF_JVM.get();
  }

  /** Installs a listener. Runs that have already started keep their listener. */
  public static void install(WorkListener listener) {
    OF_JVM.set(requireNonNull(listener, "listener is null"));
  }

  /** Removes a listener, if it is still the installed one. */
  public static void remove(WorkListener listener) {
    OF_JVM.compareAndSet(listener, WorkListener.NONE);
  }
}
