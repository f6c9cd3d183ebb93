package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.seeql.job.evaluate.ProfiledModel;
import org.seeql.job.evaluate.ProfiledModels;
import org.seeql.job.fixture.LabelledDemo;
import org.seeql.job.fixture.RunFixture;
import org.seeql.job.model.ModelCache;
import org.seeql.job.model.ModelRepository;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.model.ClassSkill;
import org.seeql.planner.model.PresenceSample;
import org.seeql.udf.model.Device;

class ProfileRepositoryIT {
  private static final String DATASET = "demo_profiled.images";

  private static RunFixture fixture;
  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
    LabelledDemo.load(database, "demo_profiled", "profile");
    fixture.execute(
        "CREATE OR REPLACE MODEL animals OPTIONS (uri = 'models/animals.onnx',"
            + " layout = 'yolov5', input_size = 256, labels = 'models/animals.labels.txt')");
    String select = "SELECT * FROM demo_profiled.images WHERE image_id <> 1 ";
    fixture.execute(select + "TO EVALUATE scout WITH batch_size = 1 INTO scout_profile");
    fixture.execute(select + "TO EVALUATE animals WITH batch_size = 2 INTO animals_profile");
  }

  @AfterAll
  static void deleteProfiles() throws Exception {
    database.execute("DROP DATABASE demo_profiled");
    fixture.execute("DROP MODEL animals");
  }

  private static ProfiledModels load(
      Optional<String> dataset, OptionalInt batchSize, String... classes) throws Exception {
    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      List<RegisteredModel> models =
          new ModelRepository(
                  session, new ModelCache(RunFixture.DEMO.resolve("unused")), RunFixture.DEMO)
              .all();
      return new ProfileRepository(session)
          .load(models, new ProfileQuery(dataset, Device.CPU, batchSize, Set.of(classes)))
          .orElseThrow();
    }
  }

  @Test
  void givesRatesAndPriorsAsTheLabelsHaveThem() throws Exception {
    ProfiledModels found = load(Optional.of(DATASET), OptionalInt.empty(), "dog");

    assertThat(found.models()).containsOnlyKeys("animals", "scout");
    assertThat(found.excluded())
        .containsEntry("places", "its version 1 was not evaluated on this data set");
    long shown =
        Long.parseLong(
            database
                .query(
                    "SELECT COUNT(DISTINCT image_id) FROM demo_profiled.annotations JOIN"
                        + " demo_profiled.categories USING (category_id) WHERE name = 'dog' AND"
                        + " image_id <> 1")
                .get(0));
    assertThat(found.priors().shares().get("dog")).isEqualTo(shown / 99.0);
    ProfiledModel scout = found.models().get("scout");
    assertThat(scout.confidence()).isEqualTo(0.25);
    assertThat(scout.nmsIou()).isEqualTo(0.45);
    assertThat(scout.labels()).containsEntry("traffic light", "traffic light");
    ClassSkill.Rates rates = (ClassSkill.Rates) scout.byRates().classes().get("dog");
    assertThat(rates.truePositiveRate()).isEqualTo(figure("present_tpr", "scout_profile"));
    assertThat(rates.falsePositiveRate()).isEqualTo(figure("present_fpr", "scout_profile"));
    assertThat(found.models().get("animals").byRates().classes())
        .containsOnlyKeys("bird", "cat", "dog", "horse", "sheep");
  }

  private static double figure(String column, String table) throws Exception {
    return Double.parseDouble(
        database.query("SELECT " + column + " FROM " + table + " WHERE class = 'dog'").get(0));
  }

  @Test
  void givesASampleThatAddsUpToTheCounts() throws Exception {
    ProfiledModels found = load(Optional.of(DATASET), OptionalInt.empty(), "dog", "cat");
    PresenceSample sample = found.sample().orElseThrow();

    assertThat(sample.classes()).containsExactly("cat", "dog");
    assertThat(sample.rows()).hasSize(99);
    for (String model : List.of("scout", "animals")) {
      ClassSkill.Answers answers =
          (ClassSkill.Answers)
              found.models().get(model).bySample().orElseThrow().classes().get("dog");
      Map<String, Integer> counts = new HashMap<>();
      for (int row = 0; row < 99; row++) {
        boolean shown = sample.rows().get(row).charAt(1) == '1';
        counts.merge(shown + " " + answers.saysYes(row), 1, Integer::sum);
      }
      assertThat(
              database.query(
                  "SELECT present_tp, present_fp, present_fn, present_tn FROM %s_profile WHERE class = 'dog'"
                      .formatted(model)))
          .containsExactly(
              "%d|%d|%d|%d"
                  .formatted(
                      counts.getOrDefault("true true", 0),
                      counts.getOrDefault("false true", 0),
                      counts.getOrDefault("true false", 0),
                      counts.getOrDefault("false false", 0)));
    }
  }

  @Test
  void takesTheCostOfTheBatchSizeThatIsRequestedOrTheNextSmallerOne() throws Exception {
    double cost =
        load(Optional.of(DATASET), OptionalInt.of(64))
            .models()
            .get("animals")
            .byRates()
            .costMillis();

    assertThat(cost)
        .isEqualTo(
            Double.parseDouble(
                    database
                        .query(
                            "SELECT seconds_per_image FROM animals_profile WHERE scope = 'timing'")
                        .get(0))
                * 1_000);
  }

  @Test
  void leavesOutModelsThatWereNotTimedOnTheDevice() throws Exception {
    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      ProfileRepository profiles = new ProfileRepository(session);
      List<RegisteredModel> models =
          new ModelRepository(
                  session, new ModelCache(RunFixture.DEMO.resolve("unused")), RunFixture.DEMO)
              .all();
      ProfiledModels found =
          profiles
              .load(
                  models,
                  new ProfileQuery(
                      Optional.of(DATASET), Device.gpu(0), OptionalInt.empty(), Set.of("dog")))
              .orElseThrow();

      assertThat(found.models()).isEmpty();
      assertThat(found.excluded()).containsEntry("scout", "it was not timed on a GPU");
      assertThat(profiles.classNames(DATASET)).hasSize(12).contains("traffic light");
      assertThat(profiles.datasets()).contains(DATASET);
      assertThat(
              profiles.load(
                  models,
                  new ProfileQuery(
                      Optional.of("none"), Device.CPU, OptionalInt.empty(), Set.of("dog"))))
          .isEmpty();
    }
  }

  @Test
  void anEvaluationReplacesTheProfileOfItsVersionAndDataSet() throws Exception {
    String again =
        "SELECT * FROM demo_profiled.images LIMIT 10 TO EVALUATE scout WITH batch_size = %d,"
            + " dataset = 'again' INTO again";
    fixture.execute(again.formatted(1));
    database.execute(
        "INSERT INTO seeql.model_profile_timings (profile_id, device, batch_size, engine,"
            + " seconds_per_image, prepare_seconds, model_seconds, postprocess_seconds, calls,"
            + " load_seconds) SELECT profile_id, 'gpu:0', 8, 'onnx', 1, 0, 1, 0, 7, 1 FROM"
            + " seeql.model_profiles WHERE dataset = 'again'");

    fixture.execute(again.formatted(2));

    assertThat(
            database.query(
                "SELECT device, batch_size FROM seeql.model_profile_timings JOIN"
                    + " seeql.model_profiles USING (profile_id) WHERE dataset = 'again'"))
        .containsExactly("cpu|2", "gpu:0|8");
    assertThat(
            database.query(
                "SELECT COUNT(*), SUM(label IS NULL) FROM seeql.model_profile_classes JOIN"
                    + " seeql.model_profiles USING (profile_id) WHERE dataset = 'again'"))
        .containsExactly("12|0");
  }

  private static void evaluateApart(String model, int first, int last) {
    fixture.execute(
        "SELECT * FROM demo_profiled.images WHERE image_id BETWEEN %d AND %d TO EVALUATE %s WITH batch_size = 1, dataset = 'apart' INTO apart"
            .formatted(first, last, model));
  }

  @Test
  void joinsOnlyModelsThatWereEvaluatedOnNearlyTheSameImages() throws Exception {
    evaluateApart("scout", 1, 20);
    evaluateApart("animals", 20, 30);
    ProfiledModels apart = load(Optional.of("apart"), OptionalInt.empty(), "dog");
    ProfiledModels ofOneModel = load(Optional.of("apart"), OptionalInt.empty(), "person");
    evaluateApart("animals", 2, 20);
    ProfiledModels near = load(Optional.of("apart"), OptionalInt.empty(), "dog");

    assertThat(apart.sample()).isEmpty();
    assertThat(apart.models().values()).allSatisfy(m -> assertThat(m.bySample()).isEmpty());
    assertThat(ofOneModel.sample().orElseThrow().rows()).hasSize(20);
    assertThat(ofOneModel.models().get("animals").bySample().orElseThrow().classes()).isEmpty();
    assertThat(near.sample().orElseThrow().rows()).hasSize(19);
  }

  @Test
  void namesTheDataSetFirstThatMostModelsWereEvaluatedOn() throws Exception {
    fixture.execute(
        "SELECT * FROM demo_profiled.images LIMIT 5 TO EVALUATE animals WITH batch_size = 1,"
            + " dataset = 'latest' INTO latest");

    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      assertThat(new ProfileRepository(session).datasets()).containsSubsequence(DATASET, "latest");
    }
  }
}
