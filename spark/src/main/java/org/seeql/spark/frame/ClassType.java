package org.seeql.spark.frame;

import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.seeql.udf.batch.Prediction.Classification;
import org.seeql.udf.detect.ClassScore;

/** The type of the classes of images. */
final class ClassType extends PredictionType<Classification> {
  /** A class of an image, with its score. */
  static final StructType ELEMENT =
      new StructType(
          new StructField[] {
            required("label", DataTypes.StringType),
            required("score", DataTypes.DoubleType),
            required("class_id", DataTypes.IntegerType)
          });

  ClassType() {
    super(Classification.class);
  }

  @Override
  public StructType element() {
    return ELEMENT;
  }

  @Override
  List<List<Object>> elements(Classification prediction) {
    return elements(prediction.scores());
  }

  static List<List<Object>> elements(List<ClassScore> scores) {
    return scores.stream()
        .map(s -> List.<Object>of(s.label(), exact(s.score()), s.classId()))
        .toList();
  }
}
