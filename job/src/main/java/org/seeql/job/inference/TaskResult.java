package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.seeql.database.ledger.ColumnType;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.job.model.VisionTasks;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.detect.GeometryKind;
import org.seeql.udf.model.ModelDescription;

/**
 * How results contain the predictions of one task: for each shape the columns, and the values in
 * the order of these columns. Stateless.
 *
 * @param <P> the predictions of the task
 */
abstract class TaskResult<P extends Prediction> {
  static final ColumnType LABEL = ColumnType.text(255);

  private final Class<P> predictions;

  TaskResult(Class<P> predictions) {
    this.predictions = requireNonNull(predictions, "predictions is null");
  }

  /** The results of the task of a model. */
  static TaskResult<?> of(ModelDescription model) {
    return of(model, model.geometry());
  }

  /** The results of the task of a model, with at most the columns of a layout. */
  static TaskResult<?> of(ModelDescription model, ResultLayout layout) {
    return of(model, geometry(model, layout));
  }

  /** What a result with that layout contains of an object in addition to its box. */
  static GeometryKind geometry(ModelDescription model, ResultLayout layout) {
    GeometryKind geometry = model.geometry();
    if (geometry == GeometryKind.NONE) {
      return geometry;
    }
    return switch (layout.shape()) {
      case IMAGE, PREDICTION -> geometry;
      // a resumed run has the columns of its first start
      case DETECTION ->
          layout.computedColumns().stream().anyMatch(c -> c.name().equals(geometry.column()))
              ? geometry
              : GeometryKind.NONE;
      case CLASS, VECTOR, WIDE, FOUND, EXPLANATION, PACKED, FEATURES, EVALUATION, MATCHES ->
          GeometryKind.NONE;
    };
  }

  private static TaskResult<?> of(ModelDescription model, GeometryKind geometry) {
    return switch (VisionTasks.of(model)) {
      case DETECT -> new DetectionResult(geometry);
      case CLASSIFY -> new ClassificationResult();
      case TAG -> new TagResult();
      case EMBED -> new EmbeddingResult();
    };
  }

  /** A prediction of a model with this task, which is not a failure. */
  final P typed(Prediction prediction) {
    return predictions.cast(prediction);
  }

  /** What a row of the long shape represents. */
  abstract ResultLayout.Shape longShape();

  abstract List<ResultColumn> longColumns();

  abstract List<List<Object>> longRows(P prediction);

  /** The columns of the shape with one row per image. */
  abstract List<ResultColumn> imageColumns();

  abstract List<Object> imageRow(P prediction);

  /**
   * The columns that TO PREDICT adds to the selection.
   *
   * @param name the name of the prediction
   */
  abstract List<ResultColumn> predictionColumns(String name);

  abstract List<Object> predictionRow(P prediction);

  /** Passes the scores of all labels to the reader; a label may occur several times. */
  abstract void readScores(P prediction, ScoreReader reader);

  /**
   * The prediction as bytes: in the format of {@link PackedPrediction}, or a vector as float32,
   * little-endian.
   */
  abstract byte[] pack(P prediction);

  /**
   * Whether an image shows a class.
   *
   * @param label the model's name of the class
   * @param threshold the minimum score, 0 to 1, where the task has thresholds
   */
  abstract BoundModel.Answer answer(P prediction, String label, double threshold);

  /** Receives the score of a label, 0 to 1. */
  @FunctionalInterface
  interface ScoreReader {
    void score(String label, float score);
  }
}
