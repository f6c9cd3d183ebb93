package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.evaluate.ProfileQuery;
import org.seeql.job.evaluate.ProfileRepository;
import org.seeql.job.evaluate.ProfiledModels;
import org.seeql.job.fixture.LabelledDemo;
import org.seeql.job.fixture.RunFixture;
import org.seeql.job.model.ModelCache;
import org.seeql.job.model.ModelRepository;
import org.seeql.planner.model.ScoreSample;
import org.seeql.udf.model.Device;

/** The scores in profiles, compared with the results of runs with the same options. */
class ProfileScoresIT {
  private static final String SELECT = "SELECT * FROM scored.images WHERE image_id <> 1 ";
  private static final List<String> DETECTORS = List.of("animals", "scout", "unsure");

  private static RunFixture fixture;
  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
    LabelledDemo.load(database, "scored", "profile");
    // Another spelling than the models', and a class that no model knows
    database.execute(
        "UPDATE scored.categories SET name = 'Traffic_Light' WHERE name = 'traffic light'",
        "UPDATE scored.categories SET name = 'unicorn' WHERE name = 'boat'");
    fixture.execute(
        "CREATE OR REPLACE MODEL animals OPTIONS (uri = 'models/animals.onnx',"
            + " layout = 'yolov5', input_size = 256, labels = 'models/animals.labels.txt');"
            + " CREATE MODEL unsure OPTIONS (base = 'scout', class_coverage = [0, 6, 7, 9],"
            + " accuracy = 0.6)");
    for (String model : DETECTORS) {
      fixture.execute(
          SELECT
              + "TO EVALUATE "
              + model
              + " WITH batch_size = 1, dataset = 'scored', mode = append INTO figures");
      fixture.execute(
          SELECT
              + "TO RUN any CMD 'detect', '--model=%1$s', '--confidence=0.001', '--iou=0.45' INTO scored_%1$s"
                  .formatted(model));
    }
  }

  @AfterAll
  static void deleteProfiles() throws Exception {
    database.execute(
        "DELETE FROM seeql.model_profiles WHERE dataset IN ('scored', 'placed', 'fewer', 'damaged')",
        "DROP DATABASE scored");
    fixture.execute("DROP MODEL unsure; DROP MODEL animals");
  }

  private static ProfiledModels load(String dataset, List<String> models, String... classes)
      throws Exception {
    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      return new ProfileRepository(session)
          .load(
              new ModelRepository(
                      session, new ModelCache(RunFixture.DEMO.resolve("unused")), RunFixture.DEMO)
                  .all().stream().filter(m -> models.contains(m.description().name())).toList(),
              new ProfileQuery(
                      Optional.of(dataset), Device.CPU, OptionalInt.empty(), Set.of(classes))
                  .loadingScores())
          .orElseThrow();
    }
  }

  /** Each row as text: what the image shows, and the score of each model and class that exists. */
  private static List<String> rows(ScoreSample sample, List<String> models, List<String> classes) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < sample.rows().size(); i++) {
      StringBuilder row = new StringBuilder(sample.rows().get(i));
      for (String model : models) {
        for (String name : classes) {
          int image = i;
          row.append('|').append(sample.find(model, name).map(s -> s[image]).orElse(null));
        }
      }
      rows.add(row.toString());
    }
    return rows;
  }

  /** The rows of a query whose first column is text and whose other columns are scores. */
  private static List<String> expected(String sql) throws Exception {
    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      return session.query(
          sql,
          row -> {
            StringBuilder text = new StringBuilder(row.getString(1));
            for (int i = 2; i <= row.getMetaData().getColumnCount(); i++) {
              String score = row.getString(i);
              // Result tables contain the decimal form of the model's float32
              text.append('|').append(score == null ? null : (double) Float.parseFloat(score));
            }
            return text.toString();
          });
    }
  }

  private static String shows(String name) {
    return "EXISTS (SELECT 1 FROM scored.annotations a JOIN scored.categories USING (category_id)"
        + " WHERE a.image_id = i.image_id AND name = '%s')".formatted(name);
  }

  private static String best(String model, String label) {
    return "COALESCE((SELECT MAX(score) FROM scored_%s s WHERE s.image_id = i.image_id AND label = '%s'), 0e0)"
        .formatted(model, label);
  }

  @Test
  void givesTheBestScoreOfEachClassAsARunAtLowConfidenceDoes() throws Exception {
    ScoreSample sample = load("scored", DETECTORS, "dog", "Traffic_Light").scores().orElseThrow();

    List<String> expected =
        expected(
            ("SELECT CONCAT(%s, %s), %s, NULL, %s, %s, %s, %s FROM scored.images i WHERE image_id <> 1")
                .formatted(
                    shows("Traffic_Light"),
                    shows("dog"),
                    best("animals", "dog"),
                    best("scout", "dog"),
                    best("scout", "traffic light"),
                    best("unsure", "dog"),
                    best("unsure", "traffic light")));
    assertThat(sample.classes()).containsExactly("Traffic_Light", "dog");
    assertThat(sample.scores()).containsOnlyKeys("animals", "scout", "unsure");
    assertThat(rows(sample, DETECTORS, List.of("dog", "Traffic_Light")))
        .hasSize(99)
        .containsExactlyInAnyOrderElementsOf(expected);
    // Many images have a score below the confidence of the evaluation, and many have none
    assertThat(expected)
        .anyMatch(
            row -> row.split("\\|")[3].startsWith("0.0") && !row.split("\\|")[3].equals("0.0"))
        .anyMatch(row -> row.split("\\|")[3].equals("0.0"));
  }

  @Test
  void aScoreReachesTheConfidenceIfTheAnswerIsYes() throws Exception {
    ProfiledModels found = load("scored", DETECTORS, "dog");
    ScoreSample sample = found.scores().orElseThrow();

    for (String model : DETECTORS) {
      double[] scores = sample.find(model, "dog").orElseThrow();
      int yes = 0;
      for (double score : scores) {
        yes += score >= 0.25 ? 1 : 0;
      }
      assertThat(
              database.query(
                  "SELECT present_tp + present_fp FROM figures WHERE class = 'dog' AND model = '"
                      + model
                      + "'"))
          .containsExactly(String.valueOf(yes));
    }
  }

  @Test
  void theOrderOfTheImagesIsTheSameForEachLoadAndForOtherModels() throws Exception {
    ScoreSample all = load("scored", DETECTORS, "dog", "person").scores().orElseThrow();
    ScoreSample again = load("scored", DETECTORS, "dog", "person").scores().orElseThrow();
    ScoreSample one = load("scored", List.of("scout"), "dog").scores().orElseThrow();

    assertThat(again.rows()).isEqualTo(all.rows());
    assertThat(again.find("unsure", "dog").orElseThrow())
        .isEqualTo(all.find("unsure", "dog").orElseThrow());
    assertThat(one.find("scout", "dog").orElseThrow())
        .isEqualTo(all.find("scout", "dog").orElseThrow());
  }

  @Test
  void givesNoScoresOfAClassThatNoModelKnows() throws Exception {
    ScoreSample both = load("scored", DETECTORS, "dog", "unicorn").scores().orElseThrow();

    assertThat(both.classes()).containsExactly("dog", "unicorn");
    assertThat(both.scores().values())
        .allSatisfy(ofModel -> assertThat(ofModel).containsOnlyKeys("dog"));
    assertThat(load("scored", DETECTORS, "unicorn").scores()).isEmpty();
  }

  @Test
  void givesTheProbabilityOfAClassifiersBestClass() throws Exception {
    String places = "SELECT image_id, file_name, place FROM scored.images WHERE image_id < 60 ";
    fixture.execute(
        places
            + "TO EVALUATE places WITH batch_size = 1, dataset = 'placed' LABEL place INTO place_figures");
    fixture.execute(places + "TO RUN any CMD 'classify', '--model=places' INTO scored_places");
    String place =
        database.query("SELECT MIN(place) FROM scored.images WHERE image_id < 60").get(0);

    ScoreSample sample = load("placed", List.of("places"), place).scores().orElseThrow();

    List<String> expected =
        expected(
            "SELECT place = '%1$s', %2$s FROM scored.images i WHERE image_id < 60"
                .formatted(place, best("places", place)));
    assertThat(rows(sample, List.of("places"), List.of(place)))
        .hasSize(59)
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(expected).anyMatch(row -> row.startsWith("1|0.9")).anyMatch("0|0.0"::equals);
  }

  @Test
  void aModelWithoutScoresTakesNoPart() throws Exception {
    for (String model : List.of("animals", "scout")) {
      String images = model.equals("scout") ? "<= 20" : "BETWEEN 15 AND 30";
      fixture.execute(
          "SELECT * FROM scored.images WHERE image_id %s TO EVALUATE %s WITH batch_size = 1, dataset = 'fewer' INTO fewer"
              .formatted(images, model));
    }
    ProfiledModels apart = load("fewer", DETECTORS, "dog");
    forget("animals");
    ProfiledModels one = load("fewer", DETECTORS, "dog");
    forget("scout");
    ProfiledModels none = load("fewer", DETECTORS, "dog");

    assertThat(apart.scores()).isEmpty();
    assertThat(one.sample()).isEmpty();
    assertThat(one.scores().orElseThrow().rows()).hasSize(20);
    assertThat(one.scores().orElseThrow().scores()).containsOnlyKeys("scout");
    assertThat(none.scores()).isEmpty();
    assertThat(none.models()).containsOnlyKeys("animals", "scout");
  }

  @Test
  void refusesDamagedScores() throws Exception {
    fixture.execute(
        "SELECT * FROM scored.images LIMIT 3 TO EVALUATE scout WITH batch_size = 1, dataset ="
            + " 'damaged' INTO damaged");
    // The bytes of two scores
    database.execute(
        "UPDATE seeql.model_profile_classes SET scores = SUBSTRING(COMPRESS(REPEAT('0', 8)), 5) WHERE"
            + " class_name = 'dog' AND profile_id = (SELECT profile_id FROM seeql.model_profiles"
            + " WHERE dataset = 'damaged')");

    assertThat(load("damaged", DETECTORS, "cat").scores()).isPresent();
    assertThatThrownBy(() -> load("damaged", DETECTORS, "dog"))
        .isInstanceOf(SQLException.class)
        .hasMessage(
            "Cannot read the scores of the class 'dog' in the profile of model scout, version 1, on"
                + " damaged: the column contains 8 bytes, not 12; evaluate the model again");
  }

  /** Makes the profile one of an earlier version. */
  private static void forget(String model) throws Exception {
    database.execute(
        "UPDATE seeql.model_profile_classes SET scores = NULL WHERE profile_id = (SELECT profile_id"
            + " FROM seeql.model_profiles WHERE dataset = 'fewer' AND model = '"
            + model
            + "')");
  }
}
