package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.job.StatementResult.FindSummary;
import org.seeql.job.fixture.KilledAt;
import org.seeql.job.fixture.KilledAt.Killed;
import org.seeql.job.fixture.LabelledDemo;
import org.seeql.job.fixture.RunFixture;
import org.seeql.job.inference.PlanCounts;
import org.seeql.planner.plan.PlanningException;

class FindIT {
  private static final List<String> MODELS = List.of("scout", "ranger", "people", "animals");
  private static final String ALL = "SELECT * FROM images ";

  private static RunFixture fixture;
  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
    database.execute("DELETE FROM seeql.model_profiles");
    LabelledDemo.load(database, "find_profile", "profile");
    for (String model : MODELS) {
      if (!model.equals("scout")) {
        fixture.execute(create(model));
      }
      fixture.execute(
          "SELECT * FROM find_profile.images LIMIT 60 TO EVALUATE "
              + model
              + " WITH dataset = 'profile' INTO seeql_test.scores_of_"
              + model);
    }
    evaluateApart("scout", 1, 10);
    evaluateApart("animals", 10, 30);
  }

  private static void evaluateApart(String model, int first, int last) {
    fixture.execute(
        "SELECT * FROM find_profile.images WHERE image_id BETWEEN %d AND %d TO EVALUATE %s WITH dataset = 'apart', batch_size = 1 INTO seeql_test.apart"
            .formatted(first, last, model));
  }

  private static String create(String model) {
    return "CREATE OR REPLACE MODEL %1$s OPTIONS (uri = 'models/%1$s.onnx', layout = '%2$s', input_size = %3$d, labels = 'models/%1$s.labels.txt')"
        .formatted(model, "yolov5", model.equals("people") ? 224 : 256);
  }

  /** The ids of the images in which a model finds a class when it runs alone. */
  private static Set<String> seen(String model, String label) throws Exception {
    String table = "alone_" + model;
    if (database.query("SHOW TABLES LIKE '" + table + "'").isEmpty()) {
      fixture.execute(ALL + "TO RUN any/image CMD 'detect', '--model=" + model + "' INTO " + table);
    }
    return new TreeSet<>(
        database.query(
            "SELECT DISTINCT image_id FROM " + table + " WHERE label = '" + label + "'"));
  }

  private static FindSummary find(String predicate, String options, String into) {
    return (FindSummary)
        fixture.execute(
            ALL + "TO FIND " + predicate + " WITH dataset = 'profile'" + options + into);
  }

  @ParameterizedTest
  @ValueSource(strings = {"optimal", "order", "basic", "baseline"})
  void findsWhatThePlansModelsSayWhenEachRunsByItself(String strategy) throws Exception {
    FindSummary found =
        find(
            "(person AND NOT dog) OR bird",
            ", exclude_models = 'scout', strategy = " + strategy,
            " INTO found_" + strategy);

    Map<String, String> model = new HashMap<>();
    found.report().plan().assignment().forEach((name, models) -> model.put(name, models.get(0)));
    Set<String> expected = new TreeSet<>(seen(model.get("person"), "person"));
    expected.removeAll(seen(model.get("dog"), "dog"));
    expected.addAll(seen(model.get("bird"), "bird"));
    assertThat(database.query("SELECT image_id FROM found_" + strategy))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(found.run().rows()).isEqualTo(expected.size()).isPositive();
    assertThat(found.run().images()).isEqualTo(RunFixture.IMAGE_COUNT);
    assertThat(found.report().counts().found()).isEqualTo(expected.size());
    assertThat(found.report().reached(0)).isEqualTo(1);
  }

  @Test
  void keepsTheSelectedColumnsAndTheReasons() throws Exception {
    find("person", "", " INTO reasons");

    assertThat(database.columns("reasons"))
        .containsExactly("image_id", "file_name", "taken", "extra", "evidence");
    JsonNode evidence =
        new ObjectMapper().readTree(database.query("SELECT evidence FROM reasons").get(0));
    assertThat(evidence.get("person").get("answer").asText()).isEqualTo("yes");
    assertThat(MODELS).contains(evidence.get("person").get("model").asText());
    assertThat(evidence.get("person").get("confidence").asDouble()).isBetween(0.25, 1.0);
  }

  @Test
  void keepsAllImagesWithTheAnswerWhenAsked() throws Exception {
    FindSummary found = find("person AND NOT cat", ", keep_all = true", " INTO all_kept");

    assertThat(database.count("all_kept")).isEqualTo(RunFixture.IMAGE_COUNT);
    assertThat(database.count("all_kept WHERE found"))
        .isEqualTo(found.report().counts().found())
        .isLessThan(RunFixture.IMAGE_COUNT);
    assertThat(database.query("SELECT evidence FROM all_kept WHERE NOT found"))
        .allSatisfy(reason -> assertThat(reason).matches(".*\"answer\" ?: ?\"(no|yes)\".*"));
  }

  @Test
  void showsTheRowsWithoutATarget() {
    FindSummary found = find("person", "", "");

    List<List<Object>> rows = new ArrayList<>();
    try (StatementResult.Rows shown = found.run().predictions().orElseThrow()) {
      shown.rows().forEachRemaining(rows::add);
    }
    assertThat(rows).hasSize((int) found.run().rows()).isNotEmpty();
  }

  @Test
  void runsEachModelOnlyOnImagesThatStillNeedIt() {
    FindSummary found = find("bird AND sheep AND person", "", " INTO rarely");

    long calls = found.report().counts().models().stream().mapToLong(m -> m.images()).sum();
    long byNodes =
        found.report().plan().outline().stream()
            .mapToLong(n -> found.report().counts().reached().get(n.id()) * n.runs().size())
            .sum();
    assertThat(calls).isEqualTo(byNodes);
    assertThat(found.report().plan().quality().accuracy()).isBetween(0.0, 1.0);
    assertThat(found.report().costMillis()).isPositive();
  }

  @Test
  void answersWhatNeedsNoModelWithoutOne() throws Exception {
    FindSummary found = find("person OR NOT person", "", " INTO everything");

    assertThat(database.count("everything")).isEqualTo(RunFixture.IMAGE_COUNT);
    assertThat(found.report().plan().expectedCostMillis()).isZero();
    assertThat(database.query("SELECT DISTINCT evidence FROM everything")).containsExactly("{}");
  }

  @Test
  void aRunThatIsResumedGoesOnWithItsPlan() throws Exception {
    KilledAt killer = new KilledAt("publish");
    String program =
        ALL
            + "TO FIND person AND NOT dog WITH dataset = 'profile', strategy = 'order' INTO resumed";
    try (SeeqlSession session = fixture.session(Map.of("partitions", "4"), killer)) {
      assertThatThrownBy(() -> RunFixture.run(session, program)).isInstanceOf(Killed.class);
    }
    database.execute(
        "UPDATE seeql.run_partitions SET state = 'pending' WHERE run_id = '"
            + killer.runId()
            + "' AND partition_id >= 2",
        "DELETE FROM `seeql_staging_"
            + killer.runId()
            + "` WHERE image_id >= "
            + (RunFixture.FIRST_ID + RunFixture.IMAGE_COUNT / 2));
    FindSummary whole = find("person AND NOT dog", ", strategy = 'order'", " INTO not_resumed");
    // A new choice would select another model
    fixture.execute(
        "CREATE OR REPLACE MODEL people OPTIONS (uri = 'models/people.onnx',"
            + " layout = 'yolov5', input_size = 224, labels = 'models/people.labels.txt')");

    FindSummary resumed;
    try (SeeqlSession session = fixture.session()) {
      resumed = (FindSummary) session.resume(killer.runId());
    }
    fixture.execute(
        "SELECT * FROM find_profile.images LIMIT 60 TO EVALUATE people WITH dataset = 'profile'"
            + " INTO scores_of_people");

    assertThat(resumed.report().plan()).isEqualTo(whole.report().plan());
    assertThat(resumed.run().skippedPartitions()).isEqualTo(2);
    assertThat(counts(resumed)).isEqualTo(counts(whole));
    assertThat(database.query("SELECT * FROM resumed ORDER BY image_id"))
        .isEqualTo(database.query("SELECT * FROM not_resumed ORDER BY image_id"));
  }

  /** The counts of a plan over all its partitions, without times. */
  private static List<Object> counts(FindSummary find) {
    PlanCounts counts = find.report().counts();
    return List.of(
        counts.images(),
        counts.found(),
        counts.reached(),
        counts.models().stream().map(PlanCounts.ModelCounts::images).toList());
  }

  @Test
  void estimatesFromImagesThatAllModelsWereAskedAbout() {
    FindSummary found =
        find(
            "person OR dog",
            ", strategy = 'optimal', confidence_level = 0.95, min_accuracy = 0.5",
            "");
    found.run().predictions().orElseThrow().close();

    assertThat(found.report().dataset()).isEqualTo("profile");
    assertThat(found.report().totals()).last().isEqualTo("profiles  on profile");
    assertThat(found.report().plan().quality().prevalence() * 60)
        .isCloseTo(Math.rint(found.report().plan().quality().prevalence() * 60), within(1e-6));
  }

  @Test
  void refusesAllThatIsWrongAtOnce() {
    assertThatThrownBy(
            () ->
                fixture.execute(
                    "SELECT image_id AS evidence, image_id FROM images TO FIND persn AND dog"
                        + " WITH only_models = ['scout', 'rangr'], dataset = 'profile' INTO seeql.x"))
        .isInstanceOf(PlanningException.class)
        .hasMessage(
            """
            Cannot run the statement at line 1, column 1: 4 problems
              - Unknown model 'rangr'; known: ranger, places, scout, animals, people; it comes from only_models
              - Unknown class 'persn'; known: person, horse, bird, bus, car, boat, cat, dog, sheep, truck, … (12 in all); from the profiles on profile; dataset = NAME selects another data set: apart
              - The SELECT has no column with the path of an image: expected 'path' or 'file_name', found evidence, image_id; use --path_column=COLUMN
              - The database 'seeql' is reserved for SeeQL; write the result into another database"""
                .stripTrailing());
  }

  @Test
  void saysHowToProfileAModelThatHasNoProfile() {
    assertThatThrownBy(
            () ->
                fixture.execute(
                    ALL + "TO FIND person WITH only_models = 'places', dataset = 'profile'"))
        .isInstanceOf(PlanningException.class)
        .hasMessage(
            "Cannot run the statement at line 1, column 1: No allowed model has a profile on profile (places: its version 1 was not evaluated on this data set); create one with SELECT * FROM images TO EVALUATE model INTO scores");
  }

  @Test
  void saysWhatCanBeReachedOfABoundThatCannot() {
    assertThatThrownBy(() -> find("person AND bird", ", min_accuracy = 1, max_cost_ms = 0", ""))
        .isInstanceOf(PlanningException.class)
        .hasMessageContaining("accuracy");
  }

  @Test
  void badImagesAreFailuresAndNotAnswers() throws Exception {
    database.execute(
        "CREATE TABLE IF NOT EXISTS some_bad AS SELECT * FROM images",
        "UPDATE some_bad SET file_name = 'gone.jpg' WHERE image_id = 103",
        "INSERT INTO seeql.image_roots VALUES ('seeql_test', 'some_bad', '"
            + RunFixture.IMAGES
            + "')");

    FindSummary found =
        (FindSummary)
            fixture.execute(
                "SELECT * FROM some_bad TO FIND NOT bird WITH dataset = 'profile', keep_all = true"
                    + " INTO without_bad");

    assertThat(found.run().failed()).isEqualTo(1);
    assertThat(database.count("without_bad")).isEqualTo(RunFixture.IMAGE_COUNT - 1);
    assertThat(
            database.query(
                "SELECT path, stage FROM seeql.run_failures WHERE run_id = '"
                    + found.run().runId()
                    + "'"))
        .isEqualTo(List.of("gone.jpg|read"));
  }

  @Test
  void explainsWithoutRunning() throws Exception {
    long runs = database.count("seeql.runs");

    StatementResult.Explanation explanation =
        (StatementResult.Explanation)
            fixture.execute(
                "EXPLAIN "
                    + ALL
                    + "TO FIND person AND NOT dog WITH dataset = 'profile', confidence_level = 0.9"
                    + " INTO never");

    assertThat(explanation.text())
        .startsWith("[0] ")
        .contains(
            "estimated      from a sample of 60 images",
            "bounds         hold for the lower end of the confidence interval of level 0.9",
            "profiles       on profile",
            "baseline ",
            "images         24",
            "target         seeql_test.never",
            "columns        image_id, file_name, taken, extra, evidence");
    assertThat(explanation.document()).containsKeys("plan", "strategies", "models", "options");
    assertThat(database.count("seeql.runs")).isEqualTo(runs);
    assertThat(database.query("SHOW TABLES LIKE 'never'")).isEmpty();
  }

  private static String explanation(String find) {
    return ((StatementResult.Explanation) fixture.execute("EXPLAIN " + ALL + find)).text();
  }

  @Test
  void goesByTheDataSetThatMostModelsWereEvaluatedOnAndNotByTheLatest() {
    assertThat(explanation("TO FIND person"))
        .contains("\nprofiles       on profile\n")
        .doesNotContain("evaluated on different images");
  }

  @Test
  void takesClassesAsIndependentWhereModelsSawDifferentImages() {
    String note =
        "\nnote           models were evaluated on different images: classes are assumed to be independent\n";

    assertThat(explanation("TO FIND dog AND bird WITH dataset = 'apart'"))
        .doesNotContain("from a sample")
        .contains(note);
    assertThat(explanation("TO FIND dog WITH dataset = 'apart', only_models = 'scout'"))
        .contains("from a sample of 10 images")
        .doesNotContain(note);
  }

  @Test
  void aNamedSearchThatSelectedNothingIsRunAgain() throws Exception {
    String program =
        "SELECT * FROM images WHERE image_id < (SELECT id FROM some_ids) TO FIND person WITH dataset = 'profile' INTO named_search";
    database.execute("CREATE TABLE some_ids (id INT)", "INSERT INTO some_ids VALUES (110), (110)");

    assertThatThrownBy(() -> ask("search-1", program))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "The database cannot select the images of run search-1: Subquery returns more than 1 row; correct the SELECT");
    database.execute("DELETE FROM some_ids LIMIT 1");
    FindSummary found = (FindSummary) ask("search-1", program);

    assertThat(found.run().images()).isEqualTo(10);
    assertThat(found.run().rows()).isEqualTo(database.count("named_search"));
  }

  private static StatementResult ask(String runId, String program) {
    try (SeeqlSession session = fixture.namedSession(runId, RunListener.NONE)) {
      return RunFixture.run(session, program);
    }
  }

  @Test
  void explainsRunsOfOneModel() {
    StatementResult.Explanation explanation =
        (StatementResult.Explanation)
            fixture.execute("EXPLAIN " + RunFixture.detection("SELECT * FROM images", "nothing"));

    assertThat(explanation.text())
        .startsWith("clause         TO RUN\nmodels         scout version 1, onnx on cpu\n");
    assertThat(explanation.document()).containsEntry("images", 24L);
  }

  @Test
  void showsActualValuesNextToEstimates() {
    StatementResult.Explanation explanation =
        (StatementResult.Explanation)
            fixture.execute("EXPLAIN ANALYZE " + ALL + "TO FIND person WITH dataset = 'profile'");

    assertThat(explanation.text())
        .contains(
            "100.00 % of images", "| actual 100.00 % (24)", "ms per image expected", " of 24)");
    assertThat(explanation.document()).containsKeys("plan", "actual");
  }

  @Test
  void predictsWithTheOneModelThatFitsTheBound() throws Exception {
    StatementResult.RunSummary best =
        fixture.summary(
            ALL
                + "TO PREDICT seeql_test.auto_best.seen WITH classes = 'person', dataset ="
                + " 'profile' USING AUTO");
    StatementResult.RunSummary cheapest =
        fixture.summary(
            ALL
                + "TO PREDICT seeql_test.auto_cheap.seen WITH classes = ['person', 'dog'],"
                + " min_accuracy = 0.3, dataset = 'profile' USING AUTO");

    assertThat(best.model())
        .isEqualTo(mostAccurate("person"))
        .isEqualTo(
            database
                .query("SELECT model FROM seeql.runs WHERE run_id = '" + best.runId() + "'")
                .get(0));
    assertThat(cheapest.model()).isEqualTo("scout");
    assertThat(database.count("auto_cheap")).isEqualTo(RunFixture.IMAGE_COUNT);
  }

  /** The most accurate model according to TO EVALUATE. Cost does not need to break ties here. */
  private static String mostAccurate(String label) throws Exception {
    Map<String, Double> accuracies = new HashMap<>();
    for (String model : MODELS) {
      database
          .query(
              "SELECT (present_tp + present_tn) / images FROM scores_of_%s WHERE scope = 'class' AND class = '%s'"
                  .formatted(model, label))
          .forEach(accuracy -> accuracies.put(model, Double.valueOf(accuracy)));
    }
    return accuracies.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  @Test
  void saysWhichModelComesNearestToABound() {
    assertThatThrownBy(
            () ->
                fixture.execute(
                    ALL
                        + "TO PREDICT seeql_test.never.seen WITH classes = 'person', min_accuracy"
                        + " = 1, only_models = 'scout', dataset = 'profile' USING AUTO"))
        .isInstanceOf(PlanningException.class)
        .hasMessageMatching(
            "Cannot run the statement at line 1, column 1: No model reaches min_accuracy=1.0 for all of person; the best is scout with 0\\.\\d{4} for person");
    assertThatThrownBy(() -> fixture.execute(ALL + "TO PREDICT seeql_test.never.seen USING AUTO"))
        .isInstanceOf(PlanningException.class)
        .hasMessage(
            "Cannot run the statement at line 1, column 1: USING AUTO needs the classes that the model must answer: add WITH classes = 'person, dog'");
  }
}
