package org.seeql.udf.model;

import ai.onnxruntime.OrtEnvironment;
import java.util.concurrent.CompletableFuture;

/**
 * ONNX Runtime's environment, of which each process has one.
 *
 * <p>When it is created, ONNX Runtime 1.29 matches a regular expression against the command line of
 * the process. The match is recursive and uses about 250 bytes of stack per character. With some
 * 5,000 characters of arguments, such as a class path or a statement, it overflows a default stack.
 * The process then dies of a segmentation fault. The environment is therefore created on a thread
 * with enough stack for the longest command line of Linux.
 */
final class OnnxEnvironment {
  /** 250 bytes for each of the 2 MiB of ARG_MAX; only the part that is used occupies memory. */
  private static final long STACK_BYTES = 512L << 20;

  private static boolean made;

  private OnnxEnvironment() {}

  /** The environment, created by the first call. */
  static synchronized OrtEnvironment load() {
    if (!made) {
      makeOnDeepStack();
      made = true;
    }
    return OrtEnvironment.getEnvironment();
  }

  private static void makeOnDeepStack() {
    CompletableFuture<OrtEnvironment> environment = new CompletableFuture<>();
    Runnable make =
        () -> {
          try {
            environment.complete(OrtEnvironment.getEnvironment());
          } catch (RuntimeException | Error e) {
            environment.completeExceptionally(e);
          }
        };
    new Thread(null, make, "onnxruntime-environment", STACK_BYTES).start();
    environment.join();
  }
}
