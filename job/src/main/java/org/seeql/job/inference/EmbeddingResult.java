package org.seeql.job.inference;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.seeql.database.ledger.ColumnType;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.udf.batch.Prediction.Embedding;

/**
 * The results of models that compute vectors: one row per image. A vector is stored as float32,
 * little-endian, without a header.
 */
final class EmbeddingResult extends TaskResult<Embedding> {
  EmbeddingResult() {
    super(Embedding.class);
  }

  @Override
  ResultLayout.Shape longShape() {
    return ResultLayout.Shape.VECTOR;
  }

  @Override
  List<ResultColumn> longColumns() {
    return List.of(
        ResultColumn.computed("dimensions", ColumnType.INT),
        ResultColumn.computed("embedding", ColumnType.BYTES));
  }

  @Override
  List<List<Object>> longRows(Embedding prediction) {
    return List.of(List.of(prediction.vector().length, bytes(prediction.vector())));
  }

  @Override
  List<ResultColumn> imageColumns() {
    return List.of(
        ResultColumn.computed("width", ColumnType.INT),
        ResultColumn.computed("height", ColumnType.INT),
        ResultColumn.computed("embedding", ColumnType.JSON));
  }

  /** The vector as a JSON array. NaN and infinities, which JSON does not support, are strings. */
  @Override
  List<Object> imageRow(Embedding prediction) {
    return List.of(prediction.width(), prediction.height(), JsonText.numbers(prediction.vector()));
  }

  @Override
  List<ResultColumn> predictionColumns(String name) {
    return List.of(
        ResultColumn.computed(name, ColumnType.BYTES),
        ResultColumn.computed(name + "_dimensions", ColumnType.INT));
  }

  @Override
  List<Object> predictionRow(Embedding prediction) {
    return List.of(bytes(prediction.vector()), prediction.vector().length);
  }

  private static byte[] bytes(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return bytes.array();
  }

  @Override
  void readScores(Embedding prediction, ScoreReader reader) {
    throw withoutClasses();
  }

  @Override
  byte[] pack(Embedding prediction) {
    return bytes(prediction.vector());
  }

  @Override
  BoundModel.Answer answer(Embedding prediction, String label, double threshold) {
    throw withoutClasses();
  }

  private static IllegalStateException withoutClasses() {
    return new IllegalStateException("a vector has no classes");
  }
}
