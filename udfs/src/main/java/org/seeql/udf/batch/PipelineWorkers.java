package org.seeql.udf.batch;

/** The threads that take images from the queue of those ready to the model, until closed. */
interface PipelineWorkers extends AutoCloseable {
  /** How many images should be on their way for no thread to wait. */
  int wantedImages();

  /** How many decoded images wait for the model. */
  int decodedImages();

  /** Whether a thread may be in a call of a model for ever, and the model has to stay. */
  boolean isStuck();

  /**
   * Stops when what is under way is done, and frees all buffers. A call that does not end keeps its
   * thread, the buffers and the model.
   */
  @Override
  void close();
}
