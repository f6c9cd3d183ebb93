package org.seeql.udf.batch;

import java.util.OptionalInt;

/**
 * Which models one image still needs, as far as their answers tell. Made for one image; asked by
 * one thread at a time, of which each sees what those before it did.
 */
public interface Route {
  /**
   * The model that has to see the image next, by its place among the pipeline's models; empty once
   * nothing more needs to be known. Says the same until it gets the answer.
   */
  OptionalInt next();

  /** Takes what the model said that was {@link #next}. */
  void answer(int model, Prediction prediction);
}
