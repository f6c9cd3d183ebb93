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

/** An image that passes through the models on its route. */
final class RoutedTask<S extends ImageSource, R extends Route>
    extends ImageTask<RoutedResult<S, R>> {
  private final S source;
  private final R route;
  private final List<PredictionReader> readers;
  private final RoutedTimes times;
  private Optional<DecodedImage> pixels = Optional.empty();

  /** The reduction of the image for each model, if each model gets its own. */
  private List<Integer> reductions = List.of();

  private int reduction;
  private Letterbox letterbox;
  private int model;
  private int seen;

  /**
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

  /** The number of models that have seen the image. */
  int seen() {
    return seen;
  }

  /** The model that the last {@link #advance} returned. */
  int next() {
    return model;
  }

  /** Asks the route for the next model. Completes the task if there is none or the route fails. */
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

  /**
   * Decodes for all models, or if the route is exact for the next model. Returns false if that
   * failed, which completes the task with a failure.
   *
   * @param formats of each model's input
   */
  boolean decode(PixelReader reader, List<InputFormat> formats) {
    List<InputFormat> needed = route.isExact() ? List.of(formats.get(model)) : formats;
    return decode(
        file -> {
          if (route.isExact()) {
            reductions =
                reader.reductions(file, options().exifRotation(), options().maxPixels(), formats);
            reduction = reductions.get(model);
          }
          pixels =
              Optional.of(
                  reader.read(file, options().exifRotation(), options().maxPixels(), needed));
        });
  }

  /** Whether the next model needs the image in another resolution. */
  boolean needsOtherPixels() {
    return route.isExact() && reductions.get(model) != reduction;
  }

  /** Writes the pixels into a slot of the next model's input; returns false if that failed. */
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
    try {
      route.answer(model, readers.get(model).read(outputs, place, letterbox, row()));
    } catch (UnusableOutputException e) {
      failImage(MODEL, e);
    }
    seen++;
    long nanos = System.nanoTime() - start;
    times.stages().postprocessed(nanos);
    times.busy(model, nanos);
  }

  @Override
  RoutedResult<S, R> failed(Prediction.Failure failure) {
    return new RoutedResult<>(source, route, Optional.of(failure));
  }

  /** The native memory of the pixels, in bytes. */
  long bytes() {
    return pixels.map(DecodedImage::bytes).orElse(0L);
  }

  void releasePixels() {
    pixels.ifPresent(DecodedImage::close);
    pixels = Optional.empty();
  }
}
