package org.seeql.udf.model;

import java.nio.file.Path;
import java.util.Map;

/** Finds out what a model's files are, by running them once. */
public final class ModelProbe {
  private ModelProbe() {}

  /**
   * Describes a model. What the options leave open is read from the file or guessed from the
   * output's shape where that is certain.
   *
   * @param localFiles a local copy of the model in one or more formats
   * @param options by name, as in CREATE MODEL
   * @throws InferenceException when an option is unknown or wrong, when a file is not a model, or
   *     when options and model do not fit; with what the model's input and output really are
   */
  public static ModelDescription probe(
      String name, Map<Engine, Path> localFiles, Map<String, String> options) {
    if (localFiles.isEmpty()) {
      throw new InferenceException("Cannot load the model: it has no file here");
    }
    throw new UnsupportedOperationException();
  }
}
