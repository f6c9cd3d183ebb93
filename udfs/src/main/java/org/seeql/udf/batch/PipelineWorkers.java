package org.seeql.udf.batch;

/** The threads that process images from the queue of ready images, until they are closed. */
interface PipelineWorkers extends AutoCloseable {
  /**
   * The number of images in progress that keeps all threads busy.
   *
   * @param requested the batch size of their run
   */
  int wantedImages(BatchSize requested);

  /** The number of decoded images that wait for the model. */
  int decodedImages();

  /**
   * Whether a thread may be blocked in a model call forever, so that the model must not be closed.
   */
  boolean isStuck();

  /**
   * Stops after the current work and frees all buffers. A call that does not end keeps its thread,
   * the buffers and the model.
   */
  @Override
  void close();
}
