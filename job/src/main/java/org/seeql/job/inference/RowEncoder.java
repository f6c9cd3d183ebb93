package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.model.ModelDescription;

/**
 * Converts a prediction to the values of a result's computed columns. For one thread.
 *
 * @param <P> the predictions of the model's task
 */
final class RowEncoder<P extends Prediction> {
  private final TaskResult<P> task;
  private final ResultLayout.Shape shape;
  private final String runId;
  private final String model;
  private final int width;
  private final Map<String, Integer> positions = new HashMap<>();

  private RowEncoder(TaskResult<P> task, ResultLayout layout, String runId, String model) {
    this.task = task;
    this.shape = layout.shape();
    this.runId = requireNonNull(runId, "runId is null");
    this.model = requireNonNull(model, "model is null");
    List<ResultColumn.Computed> computed = layout.computedColumns();
    this.width = computed.size();
    for (int i = 0; i < width; i++) {
      positions.put(key(computed.get(i).name()), i);
    }
  }

  /** An encoder for the predictions of a model. */
  static RowEncoder<?> of(ModelDescription model, ResultLayout layout, String runId) {
    return new RowEncoder<>(TaskResult.of(model, layout), layout, runId, model.name());
  }

  /** The rows of a prediction, for a layout without the hash of the image's file. */
  List<List<Object>> encode(Prediction prediction) {
    return encode(prediction, Optional.empty());
  }

  /**
   * The rows of a prediction, each in the order of the computed columns.
   *
   * @param prediction of the model; not a failure
   * @param contentHash the hash of the image's file, if the layout needs it
   */
  List<List<Object>> encode(Prediction prediction, Optional<String> contentHash) {
    P typed = task.typed(prediction);
    return switch (shape) {
      case DETECTION, CLASS, VECTOR -> task.longRows(typed).stream().map(this::ofRun).toList();
      case WIDE -> List.of(wideRow(typed));
      case IMAGE -> List.of(ofRun(task.imageRow(typed)));
      case PREDICTION -> List.of(task.predictionRow(typed));
      case PACKED -> List.of(List.of(task.pack(typed)));
      case FEATURES -> List.of(List.of(contentHash.orElseThrow(), task.pack(typed)));
      case FOUND ->
          throw new IllegalStateException("a FOUND row is not made from a single prediction");
      case EXPLANATION ->
          throw new IllegalStateException("an explanation is not made from a single prediction");
      case EVALUATION, MATCHES ->
          throw new IllegalStateException("tasks do not write the result of an evaluation");
    };
  }

  /** The values between the run's id and the model. */
  private List<Object> ofRun(List<Object> values) {
    List<Object> row = new ArrayList<>(values.size() + 2);
    row.add(runId);
    row.addAll(values);
    row.add(model);
    return row;
  }

  private List<Object> wideRow(P prediction) {
    Object[] row = new Object[width];
    Arrays.fill(row, 0f);
    row[positions.get(key(ResultLayouts.RUN_ID))] = runId;
    task.readScores(prediction, (label, score) -> raise(row, label, score));
    return Arrays.asList(row);
  }

  private void raise(Object[] row, String label, float score) {
    Integer position = positions.get(key(label));
    if (position != null) {
      row[position] = Math.max((Float) row[position], score);
    }
  }

  private static String key(String column) {
    return column.toLowerCase(Locale.ROOT);
  }
}
