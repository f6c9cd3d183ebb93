package org.seeql.spark.frame;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.seeql.udf.batch.Prediction.Detections;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.GeometryKind;

/**
 * The type of detected objects. Models that report masks, key points or corners have them in a
 * field more, as the JSON that {@code TO RUN} writes.
 */
final class DetectionType extends PredictionType<Detections> {
  /** A box in pixels of the original image; the origin is the upper left corner. */
  private static final StructType BOX =
      new StructType(
          new StructField[] {
            required("x_min", DataTypes.DoubleType),
            required("y_min", DataTypes.DoubleType),
            required("x_max", DataTypes.DoubleType),
            required("y_max", DataTypes.DoubleType)
          });

  /** A detected object of a model that reports only boxes. */
  private static final StructType ELEMENT =
      new StructType(
          new StructField[] {
            required("label", DataTypes.StringType),
            required("score", DataTypes.DoubleType),
            required("box", BOX),
            required("class_id", DataTypes.IntegerType)
          });

  private final GeometryKind geometry;

  DetectionType(GeometryKind geometry) {
    super(Detections.class);
    this.geometry = requireNonNull(geometry, "geometry is null");
  }

  @Override
  public StructType element() {
    return geometry == GeometryKind.NONE
        ? ELEMENT
        : ELEMENT.add(required(geometry.column(), DataTypes.StringType));
  }

  @Override
  List<List<Object>> elements(Detections prediction) {
    return prediction.detections().stream().map(this::element).toList();
  }

  private List<Object> element(Detection d) {
    List<Object> box = List.of(exact(d.xMin()), exact(d.yMin()), exact(d.xMax()), exact(d.yMax()));
    return geometry == GeometryKind.NONE
        ? List.of(d.label(), exact(d.score()), box, d.classId())
        : List.of(d.label(), exact(d.score()), box, d.classId(), d.geometry().json());
  }
}
