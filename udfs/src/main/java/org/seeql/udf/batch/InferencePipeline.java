package org.seeql.udf.batch;

import java.util.Iterator;
import org.seeql.udf.model.LoadedModel;

/**
 * Images in, predictions out, for one model on one device. One a JVM, shared by all callers:
 * thread-safe. Closing it closes the model.
 */
public final class InferencePipeline implements AutoCloseable {
  private final LoadedModel model;

  private InferencePipeline(LoadedModel model) {
    this.model = model;
  }

  /**
   * A pipeline over a model, which it owns from now on.
   *
   * @param threads how many cores it may use
   */
  public static InferencePipeline over(LoadedModel model, int threads) {
    return new InferencePipeline(model);
  }

  public LoadedModel model() {
    return model;
  }

  /** {@link #run(Iterator, PipelineOptions, StageTimes)} with counters that nobody reads. */
  public <S extends ImageSource> CloseableIterator<ImageResult<S>> run(
      Iterator<S> images, PipelineOptions options) {
    return run(images, options, new StageTimes());
  }

  /**
   * The results of the images, in their order. The given iterator is advanced only by the thread
   * that advances the returned one, a bounded number of images ahead. Close the result when it is
   * not read to its end: what is under way is dropped.
   *
   * @param times counts what this run does
   */
  public <S extends ImageSource> CloseableIterator<ImageResult<S>> run(
      Iterator<S> images, PipelineOptions options, StageTimes times) {
    if (images.hasNext()) {
      throw new UnsupportedOperationException(model + " cannot run yet");
    }
    return new CloseableIterator<>() {
      @Override
      public boolean hasNext() {
        return false;
      }

      @Override
      public ImageResult<S> next() {
        throw new java.util.NoSuchElementException();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {
    model.close();
  }
}
