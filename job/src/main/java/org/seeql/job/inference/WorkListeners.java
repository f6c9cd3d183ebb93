package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.atomic.AtomicReference;

/**
 * The listener of this JVM. Tasks come to an executor from another machine and can bring none.
 * Thread-safe.
 */
public final class WorkListeners {
  private static final AtomicReference<WorkListener> OF_JVM =
      new AtomicReference<>(WorkListener.NONE);

  private WorkListeners() {}

  /** The one that was installed last, else {@link WorkListener#NONE}. */
  public static WorkListener ofJvm() {
    return OF_JVM.get();
  }

  /** Installs a listener; runs that have begun keep the one that they began with. */
  public static void install(WorkListener listener) {
    OF_JVM.set(requireNonNull(listener, "listener is null"));
  }

  /** Takes a listener away, if it is still the one. */
  public static void remove(WorkListener listener) {
    OF_JVM.compareAndSet(listener, WorkListener.NONE);
  }
}
