package org.seeql.spark.function;

import static java.util.Objects.requireNonNull;

import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.seeql.spark.frame.FrameTaskSettings;
import org.seeql.spark.frame.ImageBytes;
import org.seeql.spark.frame.OnFailure;
import org.seeql.spark.frame.PredictionType;
import org.seeql.spark.frame.RowPrediction;
import org.seeql.spark.frame.RowPredictions;
import org.seeql.udf.InferenceException;
import org.seeql.udf.batch.Prediction;

/**
 * Runs a model on the image.
 *
 * @param onFailure {@link OnFailure#FAIL}, or {@link OnFailure#KEEP} for NULL
 */
record ModelImageFunction(FrameTaskSettings work, OnFailure onFailure) implements ImageFunction {
  private static final long serialVersionUID = 1L;

  /** Positions in the result. */
  static final int PREDICTIONS = 0;

  static final int ERROR = 1;

  ModelImageFunction {
    requireNonNull(work, "work is null");
    requireNonNull(onFailure, "onFailure is null");
  }

  @Override
  public StructType result() {
    return new StructType()
        .add("predictions", DataTypes.createArrayType(type().element(), false), true)
        .add("error", DataTypes.StringType, true);
  }

  private PredictionType<?> type() {
    return PredictionType.of(work.model());
  }

  @Override
  public String imageDir() {
    return work.imageDir();
  }

  @Override
  public Iterator<Done> start(
      TaskContext task,
      Iterator<InternalRow> rows,
      Function<InternalRow, Optional<ImageBytes>> image,
      ImageMetrics metrics) {
    RowPredictions<InternalRow> predictions = RowPredictions.open(work, task, rows, image);
    PredictionType<?> type = type();
    ImageMetrics.Following following = metrics.follow(task, predictions.times());
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return predictions.hasNext();
      }

      @Override
      public Done next() {
        RowPrediction<InternalRow> predicted = predictions.next();
        following.row();
        return new Done(predicted.row(), predicted.prediction().map(p -> row(p, type)));
      }
    };
  }

  private InternalRow row(Prediction prediction, PredictionType<?> type) {
    if (prediction.failure().isPresent()) {
      Prediction.Failure failure = prediction.failure().get();
      if (onFailure == OnFailure.FAIL) {
        throw new InferenceException(
            "Cannot %s an image: %s".formatted(failure.stage(), failure.reason()));
      }
      return CatalystValues.row(null, UTF8String.fromString(failure.reason()));
    }
    return CatalystValues.row(CatalystValues.array(type, prediction), null);
  }

  @Override
  public String toString() {
    return "model %s, confidence %s, %s"
        .formatted(
            work.model().name(),
            work.options().confidence(),
            work.options().batchSize().largest().isPresent()
                ? "batches of " + work.options().batchSize().images()
                : "automatic batch size");
  }
}
