package org.seeql.udf.model;

import ai.onnxruntime.OrtEnvironment;
import java.util.concurrent.CompletableFuture;

/**
 * ONNX Runtime's environment, of which a process has one.
 *
 * <p>Making it, ONNX Runtime 1.29 matches a regular expression against the process's command line
 * by recursion, about 250 bytes of stack a character: a class path or a statement of some 5,000
 * characters among the arguments overflows a usual stack, and the process dies of a segmentation
 * fault. So it is made on a thread whose stack suffices for the longest command line of Linux.
 */
final class OnnxEnvironment {
  /** 250 bytes for each of the 2 MiB of ARG_MAX; only what is used of it becomes memory. */
  private static final long STACK_BYTES = 512L << 20;

  private static boolean made;

  private OnnxEnvironment() {}

  /** The environment, made by the first call. */
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
