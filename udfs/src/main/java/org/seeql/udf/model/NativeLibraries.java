package org.seeql.udf.model;

import ai.onnxruntime.OrtEnvironment;

/** Loads the native libraries that execute models, to find out whether this machine can. */
public final class NativeLibraries {
  private static final String PYTORCH = "PyTorch";

  private NativeLibraries() {}

  /**
   * The version of ONNX Runtime.
   *
   * @throws LinkageError if its library cannot be loaded
   */
  public static String onnxRuntime() {
    OrtEnvironment environment = OnnxEnvironment.load();
    return environment.getVersion();
  }

  /** Whether ONNX Runtime can use a GPU. */
  public static boolean onnxRuntimeKnowsGpus() {
    return OnnxRuntime.knowsCuda();
  }

  /**
   * The version of PyTorch.
   *
   * @throws RuntimeException if its library cannot be loaded
   */
  public static String pytorch() {
    return ai.djl.engine.Engine.getEngine(PYTORCH).getVersion();
  }
}
