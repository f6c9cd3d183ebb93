package org.seeql.spark.frame;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.seeql.udf.batch.Prediction.Embedding;

/** The type of the vectors of images: float32, as in the BLOB that {@code TO RUN} writes. */
final class VectorType extends PredictionType<Embedding> {
  VectorType() {
    super(Embedding.class);
  }

  @Override
  public DataType element() {
    return DataTypes.FloatType;
  }

  @Override
  List<Float> elements(Embedding prediction) {
    List<Float> values = new ArrayList<>(prediction.vector().length);
    for (float value : prediction.vector()) {
      values.add(value);
    }
    return values;
  }
}
