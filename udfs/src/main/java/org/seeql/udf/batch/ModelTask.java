package org.seeql.udf.batch;

import org.seeql.udf.image.InputBuffer;
import org.seeql.udf.image.InputWriter;
import org.seeql.udf.image.Letterbox;
import org.seeql.udf.layout.ModelOutputs;

/** An image for a pipeline with one model. */
final class ModelTask<S extends ImageSource> extends ImageTask<ImageResult<S>> {
  private final S source;
  private final PredictionReader reader;
  private final Arrivals arrivals;
  private Letterbox letterbox;

  ModelTask(
      S source,
      PipelineOptions options,
      StageTimes times,
      PredictionReader reader,
      Arrivals arrivals) {
    super(source, options, times);
    this.source = source;
    this.reader = reader;
    this.arrivals = arrivals;
  }

  /** The images of the same run that are still to come. */
  Arrivals arrivals() {
    return arrivals;
  }

  /** Whether more images of the run may come soon, so that this one can wait for them. */
  boolean mayBeJoined() {
    return arrivals.mayCome();
  }

  /** Decodes into a slot; returns false if that failed, which completes the task with a failure. */
  boolean decode(InputWriter writer, InputBuffer target, int slot) {
    if (source instanceof PreparedInput prepared) {
      return prepare(() -> letterbox = prepared.write(target, slot));
    }
    return decode(
        file -> {
          letterbox =
              writer.write(file, options().exifRotation(), options().maxPixels(), target, slot);
          source.decoded(target, slot, letterbox);
        });
  }

  /** Whether the source writes the model's input itself, so that there is no file to read. */
  boolean isPrepared() {
    return source instanceof PreparedInput;
  }

  @Override
  boolean countsAsImage() {
    return !isPrepared();
  }

  @Override
  void finish(ModelOutputs outputs, int place) {
    long start = System.nanoTime();
    try {
      Prediction prediction = reader.read(outputs, place, letterbox, row());
      times().postprocessed(System.nanoTime() - start);
      end(new ImageResult<>(source, prediction), false);
    } catch (UnusableOutputException e) {
      failImage(MODEL, e);
    }
  }

  @Override
  ImageResult<S> failed(Prediction.Failure failure) {
    return new ImageResult<>(source, failure);
  }
}
