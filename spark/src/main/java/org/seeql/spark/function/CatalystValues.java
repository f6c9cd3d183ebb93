package org.seeql.spark.function;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.seeql.spark.frame.PredictionType;
import org.seeql.udf.batch.Prediction;

/** Converts predictions to values of Spark's engine. */
final class CatalystValues {
  private CatalystValues() {}

  static InternalRow row(Object... values) {
    return new GenericInternalRow(values);
  }

  /** The elements of a prediction that is not a failure. */
  static ArrayData array(PredictionType<?> type, Prediction prediction) {
    return new GenericArrayData(
        type.values(prediction).stream().map(CatalystValues::value).toArray());
  }

  private static InternalRow struct(List<?> values) {
    return row(values.stream().map(CatalystValues::value).toArray());
  }

  private static Object value(Object value) {
    if (value instanceof List<?> inner) {
      return struct(inner);
    }
    return value instanceof String text ? UTF8String.fromString(text) : value;
  }
}
