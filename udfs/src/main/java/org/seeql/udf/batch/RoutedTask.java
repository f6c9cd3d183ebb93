package org.seeql.udf.batch;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.seeql.udf.image.DecodedImage;
import org.seeql.udf.image.InputBuffer;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.image.Letterbox;
import org.seeql.udf.image.PixelReader;
import org.seeql.udf.image.PixelWriter;
import org.seeql.udf.layout.ModelOutputs;

/** An image that the models see one after another, as its route says. */
final class RoutedTask<S extends ImageSource, R extends Route>
    extends ImageTask<RoutedResult<S, R>> {
  private final S source;
  private final R route;
  private final List<PredictionReader> readers;
  private final RoutedTimes times;
  private Optional<DecodedImage> pixels = Optional.empty();
  private Letterbox letterbox;
  private int model;
  private int seen;

  /**
   * An image at its start.
   *
   * @param readers of each model's output
   */
  RoutedTask(
      S source,
      R route,
      PipelineOptions options,
      RoutedTimes times,
      List<PredictionReader> readers) {
    super(source, options, times.stages());
    this.source = source;
    this.route = route;
    this.times = times;
    this.readers = readers;
  }

  RoutedTimes routedTimes() {
    return times;
  }

  /** How many models have seen the image. */
  int seen() {
    return seen;
  }

  /** The model that {@link #advance} has found. */
  int next() {
    return model;
  }

  /**
   * Asks the route for the model that comes next; where there is none, or the route fails, the task
   * has ended.
   */
  OptionalInt advance() {
    try {
      OptionalInt next = route.next();
      if (next.isEmpty()) {
        end(new RoutedResult<>(source, route, Optional.empty()), false);
      } else {
        model = Objects.checkIndex(next.getAsInt(), readers.size());
      }
      return next;
    } catch (RuntimeException | Error e) {
      fail(e);
      return OptionalInt.empty();
    }
  }

  /** Decodes for all models at once; false when that failed, which is this image's result then. */
  boolean decode(PixelReader reader, List<InputFormat> formats) {
    return decode(
        file ->
            pixels =
                Optional.of(
                    reader.read(file, options().exifRotation(), options().maxPixels(), formats)));
  }

  /** Writes the pixels into a slot of the next model's input; false when that failed. */
  boolean write(PixelWriter writer, InputBuffer target, int slot) {
    long start = System.nanoTime();
    try {
      letterbox = writer.write(pixels.orElseThrow(), target, slot);
      return true;
    } catch (RuntimeException e) {
      failImage("decode", e);
      return false;
    } catch (Error e) {
      fail(e);
      return false;
    } finally {
      long nanos = System.nanoTime() - start;
      times.stages().written(nanos);
      times.busy(model, nanos);
    }
  }

  @Override
  void inferred(long nanos, int batchSize) {
    super.inferred(nanos, batchSize);
    times.inferred(model, nanos, batchSize);
  }

  @Override
  void finish(ModelOutputs outputs, int place) {
    long start = System.nanoTime();
    route.answer(model, readers.get(model).read(outputs, place, letterbox, row()));
    seen++;
    long nanos = System.nanoTime() - start;
    times.stages().postprocessed(nanos);
    times.busy(model, nanos);
  }

  @Override
  RoutedResult<S, R> failed(Prediction.Failure failure) {
    return new RoutedResult<>(source, route, Optional.of(failure));
  }

  /** How much native memory the pixels take. */
  long bytes() {
    return pixels.map(DecodedImage::bytes).orElse(0L);
  }

  void releasePixels() {
    pixels.ifPresent(DecodedImage::close);
    pixels = Optional.empty();
  }
}
