package org.seeql.spark.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.udf.batch.Prediction.Detections;
import org.seeql.udf.batch.Prediction.Embedding;
import org.seeql.udf.batch.Prediction.Tags;
import org.seeql.udf.detect.ClassScore;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Geometry;
import org.seeql.udf.detect.GeometryKind;

class PredictionTypeTest {

  @ParameterizedTest
  @ValueSource(
      floats = {
        0,
        0.1f,
        0.9f,
        1 / 3f,
        -640.7f,
        16_777_216,
        Float.MIN_VALUE,
        Float.MAX_VALUE,
        Float.MIN_NORMAL
      })
  void aNumberKeepsItsDecimalDigits(float value) {
    double exact = PredictionType.exact(value);

    assertThat(new BigDecimal(Double.toString(exact)))
        .isEqualByComparingTo(new BigDecimal(Float.toString(value)));
    assertThat((float) exact).isEqualTo(value);
  }

  @Test
  void aBoxHasItsEdgesInTheOrderOfItsType() {
    Detection detection = new Detection(3, "dog", 0.9f, 1.1f, 2.2f, 3.3f, 4.4f);
    DetectionType type = new DetectionType(GeometryKind.NONE);

    assertThat(type.values(new Detections(640, 480, List.of(detection))))
        .containsExactly(List.of("dog", 0.9, List.of(1.1, 2.2, 3.3, 4.4), 3));
    assertThat(type.element().fieldNames()).containsExactly("label", "score", "box", "class_id");
  }

  @Test
  void aGeometryIsAFurtherField() {
    Geometry mask = new Geometry.Mask(4, 5, "0\\");
    Detection detection = new Detection(3, "dog", 0.9f, 1.1f, 2.2f, 3.3f, 4.4f, mask);
    DetectionType type = new DetectionType(GeometryKind.MASK);

    assertThat(type.values(new Detections(640, 480, List.of(detection))))
        .containsExactly(
            List.of(
                "dog",
                0.9,
                List.of(1.1, 2.2, 3.3, 4.4),
                3,
                "{\"size\":[4,5],\"counts\":\"0\\\\\"}"));
    assertThat(type.element().fieldNames())
        .containsExactly("label", "score", "box", "class_id", "mask");
  }

  @Test
  void aTagHasTheTypeOfAClassAndAVectorThatOfItsBytes() {
    assertThat(new TagType().values(new Tags(640, 480, List.of(new ClassScore(3, "night", 0.9f)))))
        .containsExactly(List.of("night", 0.9, 3));
    assertThat(new TagType().values(new Tags(640, 480, List.of()))).isEmpty();
    assertThat(new TagType().element()).isEqualTo(new ClassType().element());
    assertThat(new VectorType().values(new Embedding(640, 480, new float[] {0.1f, -2})))
        .containsExactly(0.1f, -2f);
    assertThat(new VectorType().element()).isEqualTo(DataTypes.FloatType);
  }

  @Test
  void noPartOfAPredictionIsNull() {
    assertThat(new DetectionType(GeometryKind.NONE).element().toDDL())
        .isEqualTo(
            "label STRING NOT NULL,score DOUBLE NOT NULL,box STRUCT<x_min: DOUBLE NOT NULL, y_min:"
                + " DOUBLE NOT NULL, x_max: DOUBLE NOT NULL, y_max: DOUBLE NOT NULL> NOT"
                + " NULL,class_id INT NOT NULL");
    assertThat(new ClassType().element().toDDL())
        .isEqualTo("label STRING NOT NULL,score DOUBLE NOT NULL,class_id INT NOT NULL");
  }
}
