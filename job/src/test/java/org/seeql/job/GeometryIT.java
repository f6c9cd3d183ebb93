package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.job.fixture.LabelledDemo;
import org.seeql.job.fixture.RunFixture;
import org.seeql.planner.plan.PlanningException;

/** Models that report masks, key points or corners; {@code make_models.py} writes them. */
class GeometryIT {
  private static final Path MODELS =
      Path.of("..", "udfs/src/test/resources/org/seeql/udf/model").toAbsolutePath().normalize();
  private static final List<String> NAMES = List.of("points", "positions", "corners", "masks");
  private static final String ALL = "SELECT * FROM geometry_images";

  private static final String MASKS =
      "SELECT REPLACE(JSON_EXTRACT(mask, '$.size'), ' ', ''), JSON_UNQUOTE(JSON_EXTRACT(mask,"
          + " '$.counts')) FROM geometry_masks ORDER BY image_id, detection";

  @TempDir static Path folder;
  private static RunFixture fixture;
  private static TestDatabase database;

  /** Red images of 96 x 128 and 64 x 64 pixels. */
  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
    database.execute("CREATE TABLE geometry_images (image_id INT PRIMARY KEY, file_name TEXT)");
    add(1, 96, 128);
    add(2, 64, 64);
    for (String name : NAMES) {
      fixture.execute(
          "CREATE MODEL %s OPTIONS (uri = '%s')"
              .formatted(name, MODELS.resolve(name + ".onnx").toUri()));
    }
  }

  private static void add(int id, int width, int height) throws Exception {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    Path file = folder.resolve(id + ".png");
    ImageIO.write(image, "png", file.toFile());
    database.execute("INSERT INTO geometry_images VALUES (%d, '%s')".formatted(id, file));
  }

  @AfterAll
  static void leaveNoModel() throws Exception {
    for (String name : NAMES) {
      fixture.execute("DROP MODEL " + name);
    }
    database.execute("DROP TABLE geometry_images");
  }

  private static RunSummary detect(String model, String into, String... options) {
    String more = options.length == 0 ? "" : ", '" + String.join("', '", options) + "'";
    return fixture.summary(
        ALL
            + " TO RUN any CMD 'detect', '--model=%s', '--image_dir=%s'%s INTO %s"
                .formatted(model, folder, more, into));
  }

  // in the first image, pixels of the input are half as wide, after 8 pixels of padding
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "points|keypoints|[[32.0,36.0,0.9],[44.0,44.0,0.2]]|[[64.0,72.0,0.8],[96.0,80.0,0.5]]"
            + "|[[24.0,18.0,0.9],[30.0,22.0,0.2]]|[[40.0,36.0,0.8],[64.0,40.0,0.5]]",
        "positions|keypoints|[[32.0,36.0],[44.0,44.0],[36.0,40.0]]"
            + "|[[64.0,72.0],[96.0,80.0],[72.0,76.0]]"
            + "|[[24.0,18.0],[30.0,22.0],[26.0,20.0]]|[[40.0,36.0],[64.0,40.0],[44.0,38.0]]",
      })
  void writesKeyPointsIntoAColumn(
      String model, String column, String first, String second, String third, String fourth)
      throws Exception {
    detect(model, "geometry_points");

    assertThat(
            database.query(
                "SELECT REPLACE(%s, ' ', '') FROM geometry_points ORDER BY image_id, detection"
                    .formatted(column)))
        .containsExactly(first, second, third, fourth);
  }

  // expected values: OpenCV's boxPoints
  @Test
  void writesTheCornersOfOrientedBoxesIntoAColumn() throws Exception {
    detect("corners", "geometry_corners");

    assertThat(
            database.query(
                "SELECT ROUND(JSON_EXTRACT(corners, '$[0][0]'), 2), ROUND(JSON_EXTRACT(corners,"
                    + " '$[0][1]'), 2), ROUND(JSON_EXTRACT(corners, '$[1][0]'), 2),"
                    + " ROUND(JSON_EXTRACT(corners, '$[3][1]'), 2), JSON_LENGTH(corners) FROM"
                    + " geometry_corners ORDER BY image_id, detection"))
        .containsExactly(
            "49.86|58.93|57.86|42.93|4",
            "75.83|92.86|79.99|90.78|4",
            "32.93|29.46|36.93|21.46|4",
            "45.91|46.43|48.0|45.39|4");
  }

  // expected values: the steps of make_masks.py, with OpenCV and pycocotools
  @Test
  void writesMasksIntoAColumn() throws Exception {
    detect("masks", "geometry_masks");

    assertThat(database.query(MASKS))
        .containsExactly(
            "[128,96]|ZQ3<b32N2O1O1O1O1" + "0".repeat(50) + "nn4",
            "[128,96]|Tj7h0X3" + "0".repeat(41) + "l]1",
            "[64,64]|dX17h11O1O1" + "0".repeat(24) + "_g1",
            "[64,64]|R_2<d1" + "0".repeat(19) + "nj0");
    assertThat(database.columns("geometry_masks"))
        .containsSubsequence("y_max", "mask", "model")
        .doesNotContain("keypoints", "corners");
  }

  @Test
  void writesGeometriesIntoTheObjectsOfAnImage() throws Exception {
    detect("points", "geometry_image", "--result=image", "--max_detections=1");
    fixture.execute(
        ALL
            + " TO PREDICT geometry_predicted.seen WITH image_dir = '%s' USING points"
                .formatted(folder));

    assertThat(
            database.query(
                "SELECT REPLACE(JSON_EXTRACT(detections, '$[*].keypoints'), ' ', '') FROM"
                    + " geometry_image ORDER BY image_id"))
        .containsExactly(
            "[[[32.0,36.0,0.9],[44.0,44.0,0.2]]]", "[[[24.0,18.0,0.9],[30.0,22.0,0.2]]]");
    assertThat(
            database.query(
                "SELECT JSON_LENGTH(seen), REPLACE(JSON_EXTRACT(seen, '$[1].keypoints'), ' ', '')"
                    + " FROM geometry_predicted ORDER BY image_id"))
        .containsExactly(
            "2|[[64.0,72.0,0.8],[96.0,80.0,0.5]]", "2|[[40.0,36.0,0.8],[64.0,40.0,0.5]]");
  }

  @Test
  void hasNoGeometryInAWideResult() throws Exception {
    detect("masks", "geometry_wide", "--result=wide");

    assertThat(database.columns("geometry_wide"))
        .containsExactly("run_id", "image_id", "file_name", "red", "green", "blue");
    assertThat(database.query("SELECT red > 0.8 FROM geometry_wide")).containsExactly("1", "1");
  }

  @Test
  void asksForTheColumnBeforeItAppends() throws Exception {
    detect("corners", "geometry_mixed");

    assertThatThrownBy(() -> detect("masks", "geometry_mixed", "--mode=append"))
        .isInstanceOf(PlanningException.class)
        .hasMessage(
            "Cannot run the statement at line 1, column 1: Cannot append to seeql_test.geometry_mixed:"
                + " it has no column mask, which the results of this model have; use ALTER TABLE"
                + " seeql_test.geometry_mixed ADD COLUMN mask JSON NULL, or another table");
    database.execute("ALTER TABLE seeql_test.geometry_mixed ADD COLUMN mask JSON NULL");
    detect("masks", "geometry_mixed", "--mode=append");
    detect("scout", "geometry_mixed", "--mode=append", "--confidence=0.01");

    assertThat(
            database.query(
                "SELECT model, COUNT(corners) = COUNT(*), COUNT(mask) = COUNT(*) FROM"
                    + " geometry_mixed WHERE model <> 'scout' GROUP BY model ORDER BY model"))
        .containsExactly("corners|1|0", "masks|0|1");
    assertThat(
            database.query(
                "SELECT COUNT(corners), COUNT(mask), COUNT(*) > 0 FROM geometry_mixed WHERE model ="
                    + " 'scout'"))
        .containsExactly("0|0|1");
  }

  @Test
  void appendsTheGeometriesOfNewImagesOnly() throws Exception {
    RunSummary first = detect("masks", "geometry_new", "--mode=append", "--only_new");
    RunSummary second = detect("masks", "geometry_new", "--mode=append", "--only_new");

    assertThat(List.of(first.images(), second.images())).containsExactly(2L, 0L);
    assertThat(database.query("SELECT COUNT(mask), COUNT(*) FROM geometry_new"))
        .containsExactly("4|4");
  }

  @Test
  void isEvaluatedAndFindsImagesByItsBoxes() throws Exception {
    LabelledDemo.load(database, "geometry_set", "profile");
    Path labels = Files.write(folder.resolve("labels.txt"), List.of("person", "car", "dog"));
    fixture.execute(
        "CREATE MODEL outlines OPTIONS (uri = '%s', labels = '%s')"
            .formatted(MODELS.resolve("masks.onnx").toUri(), labels));
    try {
      fixture.execute(
          "SELECT * FROM geometry_set.images ORDER BY image_id LIMIT 12 TO EVALUATE outlines WITH"
              + " dataset = 'geometry_set' INTO geometry_scores");
      fixture.execute(
          "SELECT * FROM images TO FIND person WITH dataset = 'geometry_set', only_models ="
              + " 'outlines', keep_all = true INTO geometry_found");
      assertThat(database.count("geometry_found")).isEqualTo(RunFixture.IMAGE_COUNT);
      assertThat(database.columns("geometry_found")).contains("evidence").doesNotContain("mask");
    } finally {
      fixture.execute("DROP MODEL outlines");
      database.execute(
          "DELETE FROM seeql.model_profiles WHERE dataset = 'geometry_set'",
          "DROP DATABASE geometry_set");
    }
  }
}
