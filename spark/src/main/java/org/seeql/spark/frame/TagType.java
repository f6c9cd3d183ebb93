package org.seeql.spark.frame;

import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.seeql.udf.batch.Prediction.Tags;

/** The type of the tags of images: that of their classes. An image can have none. */
final class TagType extends PredictionType<Tags> {
  TagType() {
    super(Tags.class);
  }

  @Override
  public StructType element() {
    return ClassType.ELEMENT;
  }

  @Override
  List<List<Object>> elements(Tags prediction) {
    return ClassType.elements(prediction.scores());
  }
}
