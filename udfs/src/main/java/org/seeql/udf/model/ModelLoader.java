package org.seeql.udf.model;

import java.nio.file.Path;
import java.util.Map;

/** Loads models into memory. */
public final class ModelLoader {
  private ModelLoader() {}

  /**
   * Loads a model with the engine that is faster on the device, and runs it once.
   *
   * @param localFiles a local copy of the model's files; those that are missing are not considered
   * @param threads that one call may use on the CPU; 1 when several threads call
   * @throws InferenceException when a file is no model, or the device is not there: a GPU that was
   *     asked for is never replaced by the CPU
   */
  public static LoadedModel load(
      ModelDescription description, Map<Engine, Path> localFiles, Device device, int threads) {
    if (localFiles.isEmpty()) {
      throw new InferenceException("Cannot load the model: it has no file here");
    }
    throw new UnsupportedOperationException();
  }
}
