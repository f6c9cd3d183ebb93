package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.job.StatementResult.Done;
import org.seeql.job.StatementResult.FindSummary;
import org.seeql.job.StatementResult.ModelDetails;
import org.seeql.job.StatementResult.ModelTable;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.job.fixture.LabelledDemo;
import org.seeql.job.fixture.RunFixture;
import org.seeql.planner.plan.PlanningException;

class VariationIT {
  private static final String HALF = "MODEL half OPTIONS (base = 'scout', accuracy = 0.5)";
  private static final String LABELLED = "SELECT * FROM varied.images ORDER BY image_id LIMIT 40 ";

  private static RunFixture fixture;
  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
    LabelledDemo.load(database, "varied", "profile");
    fixture.execute(
        "CREATE "
            + HALF
            + "; CREATE MODEL slow OPTIONS (base = 'scout', latency = 30);"
            + " CREATE MODEL few OPTIONS (base = 'scout', class_coverage = [0, 10, 2],"
            + " accuracy = 0.7)");
  }

  @AfterAll
  static void leaveNoModel() throws Exception {
    fixture.execute("DROP MODEL half; DROP MODEL slow; DROP MODEL few");
    database.execute(
        "DELETE FROM seeql.model_profiles WHERE dataset = 'varied'", "DROP DATABASE varied");
  }

  @Test
  void cannotBeExplained() {
    assertThatThrownBy(
            () -> fixture.execute("SELECT * FROM images TO EXPLAIN few INTO never_written"))
        .hasMessageContaining(
            "Cannot explain model 'few': it is a variation of scout, version 1; explain 'scout'");
  }

  @Test
  void answersAsItsBaseInARunWithTheSameOptions() throws Exception {
    List<String> few = answers("few");

    assertThat(few)
        .isNotEmpty()
        .isEqualTo(answers("scout", "--accuracy=0.7", "--class_coverage=0,2,10"))
        .isNotEqualTo(answers("scout", "--class_coverage=0,2,10"));
  }

  private static List<String> answers(String model, String... options) throws Exception {
    String more = options.length == 0 ? "" : ", '" + String.join("', '", options) + "'";
    fixture.execute(
        "SELECT * FROM images TO RUN any CMD 'detect', '--model=%s'%s INTO varied_answers"
            .formatted(model, more));
    return database.query(
        "SELECT image_id, detection, label, score, x_min, y_max FROM varied_answers ORDER BY 1, 2");
  }

  @Test
  void hasColumnsForTheCoveredClassesOnly() throws Exception {
    fixture.execute(
        "SELECT * FROM images TO RUN any CMD 'detect', '--model=few', '--result=wide' INTO varied_wide");

    assertThat(database.columns("varied_wide"))
        .contains("person", "car", "horse")
        .doesNotContain("dog", "bicycle", "sheep");
  }

  @Test
  void isShownWithItsBase() {
    assertThat(((ModelDetails) fixture.execute("DESCRIBE MODEL few")).properties())
        .containsEntry("base", "scout, version 1")
        .containsEntry("variation", "accuracy = 0.7, latency = 0 ms, class_coverage = 0,2,10")
        .containsEntry("classes", "3")
        .containsEntry("labels", "person, car, horse")
        .containsEntry("layout", "yolov8")
        .containsKeys("onnx", "torchscript");
    assertThat(((ModelTable) fixture.execute("SHOW MODELS")).models())
        .filteredOn(model -> List.of("scout", "slow").contains(model.name()))
        .extracting(StatementResult.ModelLine::base)
        .containsExactly(Optional.empty(), Optional.of("scout, version 1"));
    assertThat(fixture.execute("CREATE OR REPLACE MODEL slow OPTIONS (BASE = scout, latency = 30)"))
        .isEqualTo(
            new Done(
                "Created model slow, version 2: detect, yolov8, input 160x160, 12 classes, a"
                    + " variation of scout, version 1"));
  }

  @Test
  void isMeasuredAndChosenByItsProfile() throws Exception {
    for (String model : List.of("scout", "half", "slow", "few")) {
      fixture.execute(
          LABELLED + "TO EVALUATE " + model + " WITH dataset = 'varied' INTO varied_" + model);
    }

    assertThat(present("half")).isLessThan(present("scout"));
    assertThat(present("slow")).isEqualTo(present("scout"));
    assertThat(cost("slow")).isGreaterThanOrEqualTo(30);
    assertThat(
            database.query(
                "SELECT class_name FROM seeql.model_profiles JOIN seeql.model_profile_classes"
                    + " USING (profile_id) WHERE model = 'few' AND label IS NOT NULL ORDER BY 1"))
        .containsExactly("car", "horse", "person");
    assertThat(chosen("person", "only_models = 'scout,half'")).containsExactly("scout");
    assertThat(chosen("person", "only_models = 'half,slow'")).containsExactly("slow");
    assertThat(chosen("person", "only_models = 'half,slow', max_cost_ms = 29"))
        .containsExactly("half");
    assertThatThrownBy(() -> chosen("dog", "only_models = 'few'"))
        .isInstanceOf(PlanningException.class)
        .hasMessageContaining("No allowed model answers the class 'dog'");
  }

  private static long present(String model) throws Exception {
    return Long.parseLong(
        database
            .query("SELECT present_tp FROM varied_" + model + " WHERE scope = 'overall'")
            .get(0));
  }

  private static double cost(String model) throws Exception {
    return Double.parseDouble(
        database
            .query(
                "SELECT MIN(seconds_per_image) * 1000 FROM seeql.model_profiles JOIN"
                    + " seeql.model_profile_timings USING (profile_id) WHERE dataset = 'varied'"
                    + " AND model = '"
                    + model
                    + "'")
            .get(0));
  }

  private static List<String> chosen(String predicate, String options) {
    FindSummary found =
        (FindSummary)
            fixture.execute(
                "SELECT * FROM images TO FIND %s WITH dataset = 'varied', %s INTO varied_found"
                    .formatted(predicate, options));
    return found.report().models();
  }

  @Test
  void isAnotherModelThanItsBaseForRunsThatOnlyInferNewImages() throws Exception {
    assertThat(inferredNow("scout")).isEqualTo(24);
    assertThat(inferredNow("half")).isEqualTo(24);
    assertThat(inferredNow("half")).isZero();
    assertThat(inferredNow("scout")).isZero();
    fixture.execute("CREATE OR REPLACE " + HALF);
    assertThat(inferredNow("half")).isZero();
    fixture.execute("CREATE OR REPLACE " + HALF.replace("0.5", "0.6"));
    assertThat(inferredNow("half")).isEqualTo(24);
    fixture.execute("CREATE OR REPLACE " + HALF);
  }

  private static long inferredNow(String model) {
    RunSummary run =
        fixture.summary(
            "SELECT * FROM images TO RUN any CMD 'detect', '--model=%s', '--mode=append', '--only_new' INTO varied_new"
                .formatted(model));
    return run.images();
  }

  @Test
  void keepsTheVersionOfItsBase() throws Exception {
    String basis =
        " MODEL basis OPTIONS (uri = 'models/people.onnx', layout = 'yolov5', input_size = 224,"
            + " labels = 'models/people.labels.txt')";
    fixture.execute(
        "CREATE" + basis + "; CREATE MODEL kept OPTIONS (base = 'basis', accuracy = 0.9)");
    List<String> before = answers("kept");

    fixture.execute("CREATE OR REPLACE" + basis.replace("people", "animals").replace("224", "256"));
    assertThat(answers("kept")).isEqualTo(before).isNotEmpty();
    fixture.execute("DROP MODEL basis");
    assertThat(answers("kept")).isEqualTo(before);

    assertThat(((ModelDetails) fixture.execute("DESCRIBE MODEL kept")).properties())
        .containsEntry("base", "basis, version 1");
    fixture.execute("DROP MODEL kept");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "base = 'half', latency = 3|its base 'half' is itself a variation of scout, version 1; use a"
            + " model with files of its own as base",
        "base = 'none', latency = 3|Unknown model 'none'; known: ",
        "base = 'refused', latency = 3|Unknown model 'refused'; known: ",
        "base = 'scout', class_coverage = [0, 12]|Invalid class_coverage: model 'scout' has no class"
            + " 12 (0 to 11)",
        "uri = 'models/scout.onnx', accuracy = 0.5|accuracy needs base = 'a registered model', and"
            + " no uri; it makes a variation of that model"
      })
  void refusesABaseThatItCannotUse(String options, String reason) {
    assertThatThrownBy(() -> fixture.execute("CREATE MODEL refused OPTIONS (" + options + ")"))
        .isInstanceOf(RefusalException.class)
        .hasMessageStartingWith("Cannot create model 'refused': " + reason);
  }

  @Test
  void cannotReplaceItsBase() {
    assertThatThrownBy(
            () ->
                fixture.execute(
                    "CREATE OR REPLACE MODEL scout OPTIONS (base = 'scout', accuracy = 0)"))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot create model 'scout': its base has the same name, which it would replace; use"
                + " another name");
  }

  @Test
  void cannotBeVariedByARun() {
    assertThatThrownBy(() -> answers("half", "--accuracy=0.5"))
        .isInstanceOf(PlanningException.class)
        .hasMessageEndingWith(
            "Model 'half' is a variation of scout, version 1: a run cannot change accuracy,"
                + " class_coverage or latency again; remove these options, or use 'scout'");
  }
}
