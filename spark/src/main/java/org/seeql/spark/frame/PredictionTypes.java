package org.seeql.spark.frame;

import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.seeql.udf.detect.Detection;

/** The types of predictions in frames. Numbers are equal to those that {@code TO RUN} writes. */
public final class PredictionTypes {
  /** A box in pixels of the original image; the origin is the upper left corner. */
  public static final StructType BOX =
      new StructType(
          new StructField[] {
            required("x_min", DataTypes.DoubleType),
            required("y_min", DataTypes.DoubleType),
            required("x_max", DataTypes.DoubleType),
            required("y_max", DataTypes.DoubleType)
          });

  /** A detected object. */
  public static final StructType DETECTION =
      new StructType(
          new StructField[] {
            required("label", DataTypes.StringType),
            required("score", DataTypes.DoubleType),
            required("box", BOX),
            required("class_id", DataTypes.IntegerType)
          });

  /** A class of an image, with its score. */
  public static final StructType CLASS =
      new StructType(
          new StructField[] {
            required("label", DataTypes.StringType),
            required("score", DataTypes.DoubleType),
            required("class_id", DataTypes.IntegerType)
          });

  private PredictionTypes() {}

  private static StructField required(String name, DataType type) {
    return new StructField(name, type, false, Metadata.empty());
  }

  /** The edges of a box, in the order of {@link #BOX}. */
  public static List<Double> box(Detection detection) {
    return List.of(
        exact(detection.xMin()),
        exact(detection.yMin()),
        exact(detection.xMax()),
        exact(detection.yMax()));
  }

  /**
   * The double with the same decimal digits: 0.9 stays 0.9, where a cast gives 0.8999999761581421.
   * Numbers in frames are therefore equal to those in a result table.
   */
  public static double exact(float value) {
    return Double.parseDouble(Float.toString(value));
  }
}
