package org.seeql.spark.frame;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.seeql.udf.batch.Prediction.Detections;

/** The type of detected objects. */
public final class DetectionType extends PredictionType<Detections> {
  /** A box in pixels of the original image; the origin is the upper left corner. */
  private static final StructType BOX =
      new StructType(
          new StructField[] {
            required("x_min", DataTypes.DoubleType),
            required("y_min", DataTypes.DoubleType),
            required("x_max", DataTypes.DoubleType),
            required("y_max", DataTypes.DoubleType)
          });

  /** A detected object. */
  public static final StructType ELEMENT =
      new StructType(
          new StructField[] {
            required("label", DataTypes.StringType),
            required("score", DataTypes.DoubleType),
            required("box", BOX),
            required("class_id", DataTypes.IntegerType)
          });

  DetectionType() {
    super(Detections.class);
  }

  @Override
  public StructType element() {
    return ELEMENT;
  }

  @Override
  List<List<Object>> elements(Detections prediction) {
    return prediction.detections().stream()
        .map(
            d ->
                List.<Object>of(
                    d.label(),
                    exact(d.score()),
                    List.of(exact(d.xMin()), exact(d.yMin()), exact(d.xMax()), exact(d.yMax())),
                    d.classId()))
        .toList();
  }
}
