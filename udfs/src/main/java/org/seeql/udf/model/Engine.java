package org.seeql.udf.model;

import java.util.Locale;
import java.util.Optional;

/** The format of a model's file, and the library that runs it. */
public enum Engine {
  /** A TorchScript archive, run by PyTorch through DJL. */
  TORCHSCRIPT,
  /** An ONNX graph, run by ONNX Runtime. */
  ONNX;

  /** The engine for a file name's extension; empty if the extension is not specific. */
  public static Optional<Engine> findByFileName(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    if (name.endsWith(".onnx")) {
      return Optional.of(ONNX);
    }
    if (name.endsWith(".torchscript")
        || name.endsWith(".pt")
        || name.endsWith(".pth")
        || name.endsWith(".ptl")) {
      return Optional.of(TORCHSCRIPT);
    }
    return Optional.empty();
  }

  /** The name in its usual spelling: {@code torchscript} or {@code onnx}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
