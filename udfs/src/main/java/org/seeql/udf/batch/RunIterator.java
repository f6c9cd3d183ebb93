package org.seeql.udf.batch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * The results of one run in the order of its images. Keeps enough images on their way for the
 * pipeline to be busy, and no more. One thread's.
 */
final class RunIterator<S extends ImageSource> implements CloseableIterator<ImageResult<S>> {
  private final Iterator<S> images;
  private final PipelineOptions options;
  private final StageTimes times;
  private final PredictionReader reader;
  private final Consumer<ImageTask<?>> pipeline;
  private final IntSupplier wantedImages;
  private final Deque<ImageTask<S>> underWay = new ArrayDeque<>();
  private boolean closed;

  /**
   * A run.
   *
   * @param pipeline takes an image and sees to it that its task is ended
   * @param wantedImages how many should be under way
   */
  RunIterator(
      Iterator<S> images,
      PipelineOptions options,
      StageTimes times,
      PredictionReader reader,
      Consumer<ImageTask<?>> pipeline,
      IntSupplier wantedImages) {
    this.images = images;
    this.options = options;
    this.times = times;
    this.reader = reader;
    this.pipeline = pipeline;
    this.wantedImages = wantedImages;
  }

  private void topUp() {
    int wanted = closed ? 0 : wantedImages.getAsInt();
    while (underWay.size() < wanted && images.hasNext()) {
      ImageTask<S> image = new ImageTask<>(images.next(), options, times, reader);
      underWay.add(image);
      pipeline.accept(image);
    }
  }

  @Override
  public boolean hasNext() {
    topUp();
    return !underWay.isEmpty();
  }

  @Override
  public ImageResult<S> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ImageTask<S> first = underWay.element();
    try {
      Prediction prediction = first.await();
      underWay.remove();
      return new ImageResult<>(first.source(), prediction);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    closed = true;
    underWay.forEach(ImageTask::cancel);
    underWay.clear();
  }
}
