package org.seeql.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.job.fixture.RunFixture;
import org.seeql.spark.frame.DetectOptions;
import org.seeql.spark.frame.ModelReference;
import org.seeql.spark.frame.Seeql;

/** Models that report masks, key points or corners; {@code make_models.py} writes them. */
class GeometryFrameIT {
  private static final Path MODELS =
      Path.of("..", "udfs/src/test/resources/org/seeql/udf/model").toAbsolutePath().normalize();
  private static final String MASK =
      "{\"size\":[128,96],\"counts\":\"ZQ3<b32N2O1O1O1O1" + "0".repeat(50) + "nn4\"}";

  @TempDir static Path folder;
  private static SparkSession spark;

  /** A red image of 96 x 128 pixels. */
  @BeforeAll
  static void start() throws Exception {
    spark = PictureQueries.shared().spark();
    BufferedImage image = new BufferedImage(96, 128, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, 96, 128);
    graphics.dispose();
    ImageIO.write(image, "png", folder.resolve("red.png").toFile());
    images().createOrReplaceTempView("geometry_images");
  }

  private static Dataset<Row> images() {
    return spark
        .createDataset(List.of(folder.resolve("red.png").toString()), Encoders.STRING())
        .toDF("path");
  }

  /** The options of a call; the folder of the session is another one. */
  private static String options(String name) {
    return "'model=%s, image_dir=%s'".formatted(model(name), folder);
  }

  private static String model(String name) {
    return MODELS.resolve(name + ".onnx").toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "points|keypoints|[[32.0,36.0,0.9],[44.0,44.0,0.2]]",
        "positions|keypoints|[[32.0,36.0],[44.0,44.0],[36.0,40.0]]",
      })
  void framesHaveKeyPoints(String model, String field, String expected) {
    Dataset<Row> seen =
        Seeql.on(spark)
            .detect(images(), DetectOptions.model(ModelReference.file(model(model), Map.of())));

    assertThat(seen.selectExpr("detections[0]." + field).first().getString(0)).isEqualTo(expected);
  }

  @Test
  void callsReturnMasks() {
    String call = "detect(path, %s)".formatted(options("masks"));

    Row row =
        spark
            .sql(
                "SELECT size(%s), %s[0].mask, %s[0].box.x_max, has_object(path, 'red', %s), has_object(path, 'blue', %s) FROM geometry_images"
                    .formatted(call, call, call, options("masks"), options("masks")))
            .first();

    assertThat(row.getInt(0)).isEqualTo(2);
    assertThat(row.getString(1)).isEqualTo(MASK);
    assertThat(row.getDouble(2)).isEqualTo(56);
    assertThat(row.getBoolean(3)).isTrue();
    assertThat(row.getBoolean(4)).isFalse();
  }

  @Test
  void callsReturnCornersAsJson() {
    Row corner =
        spark
            .sql(
                "SELECT from_json(detect(path, %s)[0].corners, 'array<array<double>>')[1] FROM geometry_images"
                    .formatted(options("corners")))
            .first();

    // from OpenCV's boxPoints
    assertThat(corner.<Double>getList(0).get(0)).isBetween(57.85, 57.86);
    assertThat(corner.<Double>getList(0).get(1)).isBetween(45.07, 45.08);
  }

  @Test
  void shownPredictionsHaveTheColumn() throws Exception {
    RunFixture fixture = RunFixture.shared();
    fixture.execute("CREATE MODEL spark_masks OPTIONS (uri = '%s')".formatted(model("masks")));
    try {
      Dataset<Row> shown =
          spark.sql(
              "SELECT 1 AS image_id, path AS file_name FROM geometry_images TO RUN x CMD 'detect', '--model=spark_masks', '--image_dir=%s'"
                  .formatted(folder));

      assertThat(shown.columns()).endsWith("y_max", "mask", "model");
      assertThat(shown.orderBy("detection").first().<String>getAs("mask")).isEqualTo(MASK);
    } finally {
      fixture.execute("DROP MODEL spark_masks");
    }
  }
}
