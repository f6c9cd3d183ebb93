package org.seeql.spark.frame;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.seeql.job.inference.ImageRoot;
import org.seeql.udf.InferenceException;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.batch.Prediction.Failure;

/** Adds a model's predictions to the rows of a partition. */
final class PredictedRows implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final FrameTaskSettings work;
  private final ImageColumn.Kind kind;
  private final int position;
  private final OnFailure onFailure;

  /**
   * Creates the function for rows.
   *
   * @param position position of the column with the images
   */
  PredictedRows(FrameTaskSettings work, ImageColumn.Kind kind, int position, OnFailure onFailure) {
    this.work = requireNonNull(work, "work is null");
    this.kind = requireNonNull(kind, "kind is null");
    this.position = position;
    this.onFailure = requireNonNull(onFailure, "onFailure is null");
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) throws IOException {
    ImageRoot images = ImageRoot.openOrAnywhere(work.imageDir());
    return new Predicted(
        RowPredictions.open(work, TaskContext.get(), rows, row -> Optional.of(image(row, images))));
  }

  private ImageBytes image(Row row, ImageRoot images) {
    if (row.isNullAt(position)) {
      String reason = kind == ImageColumn.Kind.PATH ? "The path is NULL" : "The bytes are NULL";
      return () -> {
        throw new IOException(reason);
      };
    }
    return kind == ImageColumn.Kind.PATH
        ? () -> images.image(row.getString(position))
        : ImageBytes.of(row.getAs(position));
  }

  /** The rows that are kept, each with the values of two additional columns. */
  private final class Predicted implements Iterator<Row> {
    private final PredictionType<?> type = PredictionType.of(work.model());
    private final RowPredictions<Row> predictions;
    private Optional<Row> next = Optional.empty();

    Predicted(RowPredictions<Row> predictions) {
      this.predictions = predictions;
    }

    @Override
    public boolean hasNext() {
      while (next.isEmpty() && predictions.hasNext()) {
        RowPrediction<Row> predicted = predictions.next();
        next = row(predicted.row(), predicted.prediction().orElseThrow(), type);
      }
      return next.isPresent();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Row taken = next.orElseThrow();
      next = Optional.empty();
      return taken;
    }
  }

  private Optional<Row> row(Row row, Prediction prediction, PredictionType<?> type) {
    if (prediction.failure().isEmpty()) {
      Object[] predicted = type.values(prediction).stream().map(PredictedRows::value).toArray();
      return Optional.of(extended(row, predicted, null));
    }
    Failure failure = prediction.failure().get();
    return switch (onFailure) {
      case KEEP -> Optional.of(extended(row, null, failure.reason()));
      case DROP -> Optional.empty();
      case FAIL ->
          throw new InferenceException(
              "Cannot %s the image%s: %s".formatted(failure.stage(), name(row), failure.reason()));
    };
  }

  private String name(Row row) {
    return kind == ImageColumn.Kind.PATH && !row.isNullAt(position)
        ? " '" + row.getString(position) + "'"
        : "";
  }

  private static Row extended(Row row, Object[] predicted, String error) {
    Object[] values = new Object[row.size() + 2];
    for (int i = 0; i < row.size(); i++) {
      values[i] = row.get(i);
    }
    values[row.size()] = predicted;
    values[row.size() + 1] = error;
    return RowFactory.create(values);
  }

  private static Object value(Object value) {
    return value instanceof List<?> fields
        ? RowFactory.create(fields.stream().map(PredictedRows::value).toArray())
        : value;
  }
}
