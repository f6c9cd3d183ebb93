package org.seeql.udf.batch;

import java.util.OptionalInt;

/**
 * Determines the models that one image still needs, based on the answers so far. One instance per
 * image. Threads call it one after another, and each sees the effects of the previous ones.
 */
public interface Route {
  /**
   * The index of the model that has to run next; empty if no more answers are needed. The result
   * does not change until {@link #answer} is called.
   */
  OptionalInt next();

  /**
   * Whether each model receives the image in the resolution that it would receive alone. Then its
   * scores are exactly those of the model alone. A JPEG is read again for a model whose input needs
   * another resolution. Otherwise all models receive it in the resolution for the largest input.
   */
  default boolean isExact() {
    return false;
  }

  /** Receives the prediction of the model that {@link #next} returned. */
  void answer(int model, Prediction prediction);
}
