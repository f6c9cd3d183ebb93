package org.seeql.spark.function;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;
import org.seeql.spark.frame.PredictionTypes;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.batch.Prediction.Classification;
import org.seeql.udf.batch.Prediction.Detections;
import org.seeql.udf.detect.ClassScore;
import org.seeql.udf.detect.Detection;

/** Converts predictions to values of Spark's engine. */
final class CatalystValues {
  private CatalystValues() {}

  static InternalRow row(Object... values) {
    return new GenericInternalRow(values);
  }

  /** The elements of a prediction that is not a failure. */
  static ArrayData array(Prediction prediction) {
    return new GenericArrayData(
        prediction instanceof Detections seen
            ? seen.detections().stream().map(CatalystValues::detection).toArray()
            : ((Classification) prediction).scores().stream().map(CatalystValues::score).toArray());
  }

  private static InternalRow detection(Detection d) {
    return row(
        UTF8String.fromString(d.label()),
        PredictionTypes.exact(d.score()),
        row(PredictionTypes.box(d).toArray()),
        d.classId());
  }

  private static InternalRow score(ClassScore s) {
    return row(UTF8String.fromString(s.label()), PredictionTypes.exact(s.score()), s.classId());
  }
}
