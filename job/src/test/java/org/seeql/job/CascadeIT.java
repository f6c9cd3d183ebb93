package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.StatementResult.FindSummary;
import org.seeql.job.find.FindRecords;
import org.seeql.job.fixture.KilledAt;
import org.seeql.job.fixture.KilledAt.Killed;
import org.seeql.job.fixture.LabelledDemo;
import org.seeql.job.fixture.RunFixture;
import org.seeql.planner.cascade.CascadePlan;
import org.seeql.planner.cascade.Rung;
import org.seeql.planner.cascade.RungCounts;
import org.seeql.planner.plan.PlanningException;

/** TO FIND with cascades. */
class CascadeIT {
  private static final List<String> MODELS = List.of("scout", "ranger", "sentinel");
  private static final String ALL = "SELECT * FROM images ";

  private static RunFixture fixture;
  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
    database.execute("DELETE FROM seeql.model_profiles");
    LabelledDemo.load(database, "cascade_profile", "profile");
    fixture.execute(create("ranger", "yolov5", 256));
    fixture.execute(create("sentinel", "yolov8", 416));
    for (String model : MODELS) {
      fixture.execute(
          "SELECT * FROM cascade_profile.images TO EVALUATE "
              + model
              + " WITH dataset = 'cascades' INTO seeql_test.cascade_scores_of_"
              + model);
      // every detection that an evaluation also collects
      fixture.execute(
          ALL
              + "TO RUN any/image CMD 'detect', '--model="
              + model
              + "', '--confidence=0.001' INTO cascade_all_"
              + model);
    }
  }

  private static String create(String model, String layout, int size) {
    return "CREATE OR REPLACE MODEL %1$s OPTIONS (uri = 'models/%1$s.onnx', layout = '%2$s', input_size = %3$d, labels = 'models/%1$s.labels.txt')"
        .formatted(model, layout, size);
  }

  private static FindSummary find(String predicate, String options, String into) {
    return (FindSummary)
        fixture.execute(
            ALL
                + "TO FIND "
                + predicate
                + " WITH dataset = 'cascades', strategy = 'cascade'"
                + options
                + into);
  }

  private static CascadePlan plan(FindSummary found) {
    return (CascadePlan) found.report().plan();
  }

  /** The highest score of a class by image. */
  private static Map<String, Double> scores(String model, String className) throws Exception {
    Map<String, Double> scores = new HashMap<>();
    for (String row :
        database.query(
            "SELECT CONCAT(image_id, ' ', MAX(score)) FROM cascade_all_%s WHERE label = '%s' GROUP BY image_id"
                .formatted(model, className))) {
      scores.put(row.split(" ")[0], Double.valueOf(row.split(" ")[1]));
    }
    return scores;
  }

  /** The answer of a ladder, from the detections of each model alone. */
  private static Set<String> yes(List<Rung> ladder, String className) throws Exception {
    Set<String> yes = new TreeSet<>();
    for (String image : database.query("SELECT image_id FROM images")) {
      for (Rung rung : ladder) {
        // SeeQL stores scores with the digits of a float
        float score = scores(rung.model(), className).getOrDefault(image, 0.0).floatValue();
        if (score >= rung.yesFrom()) {
          yes.add(image);
        }
        if (score >= rung.yesFrom() || score < rung.noBelow()) {
          break;
        }
      }
    }
    return yes;
  }

  record Question(
      String predicate, String options, Function<Map<String, Boolean>, Boolean> meaning) {
    @Override
    public String toString() {
      return predicate;
    }
  }

  static Stream<Question> questions() {
    return Stream.of(
        new Question("person", ", max_cost_ms = 3", c -> c.get("person")),
        new Question(
            "person AND NOT dog", ", max_cost_ms = 4", c -> c.get("person") && !c.get("dog")),
        new Question(
            "(person AND car) OR (cat AND NOT person)",
            ", min_accuracy = 0.6",
            c -> (c.get("person") && c.get("car")) || (c.get("cat") && !c.get("person"))),
        new Question("NOT (dog OR cat)", "", c -> !c.get("dog") && !c.get("cat")));
  }

  @ParameterizedTest
  @MethodSource("questions")
  void findsWhatTheLaddersSayWhenEachModelRunsAlone(Question question) throws Exception {
    database.execute("DROP TABLE IF EXISTS cascade_found");

    FindSummary found =
        find(question.predicate(), question.options() + ", keep_all = true", " INTO cascade_found");

    Map<String, Set<String>> yes = new HashMap<>();
    for (Map.Entry<String, List<Rung>> ladder : plan(found).ladders().entrySet()) {
      yes.put(ladder.getKey(), yes(ladder.getValue(), ladder.getKey()));
    }
    Set<String> expected = new TreeSet<>();
    for (String image : database.query("SELECT image_id FROM images")) {
      Map<String, Boolean> answers = new HashMap<>();
      yes.forEach((name, images) -> answers.put(name, images.contains(image)));
      if (question.meaning().apply(answers)) {
        expected.add(image);
      }
    }
    assertThat(database.query("SELECT image_id FROM cascade_found WHERE found"))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(database.count("cascade_found")).isEqualTo(RunFixture.IMAGE_COUNT);
    long calls = found.report().counts().models().stream().mapToLong(m -> m.images()).sum();
    assertThat(found.report().counts().reached().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(calls);
  }

  @Test
  void theEvidenceNamesTheModelThatWasCertain() throws Exception {
    database.execute("DROP TABLE IF EXISTS cascade_reasons");
    FindSummary found =
        find("person", ", max_cost_ms = 3, keep_all = true", " INTO cascade_reasons");

    List<Rung> ladder = plan(found).ladders().get("person");
    assertThat(ladder).hasSizeGreaterThan(1);
    for (String text : database.query("SELECT evidence FROM cascade_reasons")) {
      JsonNode person = new ObjectMapper().readTree(text).get("person");
      Rung rung =
          ladder.stream()
              .filter(r -> r.model().equals(person.get("model").asText()))
              .findFirst()
              .orElseThrow();
      double score = person.get("confidence").floatValue();
      assertThat(person.get("answer").asText()).isEqualTo(rung.verdict(score).word());
      assertThat(person.get("answer").asText()).isIn("yes", "no");
    }
  }

  @Test
  void theAnswersOfEachRungAreCountedAndStored() throws Exception {
    database.execute("DROP TABLE IF EXISTS cascade_counted");
    FindSummary found = find("person", ", max_cost_ms = 3", " INTO cascade_counted");

    List<Rung> ladder = plan(found).ladders().get("person");
    Set<String> images = new TreeSet<>(database.query("SELECT image_id FROM images"));
    for (int i = 0; i < ladder.size(); i++) {
      Rung rung = ladder.get(i);
      Map<String, Double> scores = scores(rung.model(), "person");
      Set<String> unsure = new TreeSet<>();
      long yes = 0;
      for (String image : images) {
        float score = scores.getOrDefault(image, 0.0).floatValue();
        yes += score >= rung.yesFrom() ? 1 : 0;
        if (score < rung.yesFrom() && score >= rung.noBelow()) {
          unsure.add(image);
        }
      }
      RungCounts counted = found.report().counts().rungs().get(i);
      assertThat(counted.images()).isEqualTo(images.size());
      assertThat(counted.yes()).isEqualTo(yes);
      assertThat(counted.unsure()).isEqualTo(unsure.size());
      assertThat(counted.scores().stream().mapToLong(Long::longValue).sum())
          .isEqualTo(images.size());
      images = unsure;
    }
    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      assertThat(FindRecords.findReport(session, found.run().runId())).contains(found.report());
    }
  }

  @Test
  void aResumedRunHasItsOriginalPlan() throws Exception {
    KilledAt killer = new KilledAt("infer");
    String statement =
        ALL
            + "TO FIND person WITH dataset = 'cascades', strategy = 'cascade', max_cost_ms = 3 INTO ";
    try (SeeqlSession session = fixture.session(Map.of(), killer)) {
      assertThatThrownBy(() -> RunFixture.run(session, statement + "cascade_resumed"))
          .isInstanceOf(Killed.class);
    }
    FindSummary whole = (FindSummary) fixture.execute(statement + "cascade_whole");

    FindSummary resumed;
    try (SeeqlSession session = fixture.session()) {
      resumed = (FindSummary) session.resume(killer.runId());
    }

    assertThat(resumed.report().plan()).isEqualTo(whole.report().plan());
    assertThat(database.query("SELECT * FROM cascade_resumed ORDER BY image_id"))
        .isEqualTo(database.query("SELECT * FROM cascade_whole ORDER BY image_id"));
  }

  @Test
  void aBoundThatCannotBeCertifiedIsRefusedBeforeTheRun() {
    assertThatThrownBy(() -> find("person AND bird", ", min_recall = 0.99", " INTO cascade_none"))
        .isInstanceOf(PlanningException.class)
        .hasMessageContaining("Cannot certify min_recall = 0.99 (certified 0.")
        .hasMessageContaining("with confidence 0.95");
  }

  @Test
  void aThresholdIsRefused() {
    assertThatThrownBy(() -> find("person", ", confidence = 0.5", " INTO cascade_none"))
        .isInstanceOf(PlanningException.class)
        .hasMessageContaining(
            "confidence cannot be used with strategy=cascade, which chooses the thresholds; remove"
                + " it");
  }

  @Test
  void scoresOfAnotherMaximumOfDetectionsAreRefused() throws Exception {
    assertThat(
            database.query(
                "SELECT DISTINCT max_detections FROM seeql.model_profiles WHERE dataset ="
                    + " 'cascades'"))
        .containsExactly("300");
    assertThatThrownBy(
            () -> find("person", ", max_cost_ms = 3, max_detections = 10", " INTO cascade_none"))
        .isInstanceOf(PlanningException.class)
        .hasMessageContaining(
            "max_detections is 10, and models were evaluated with another value, which changes"
                + " their scores: ranger with 300, scout with 300, sentinel with 300; use the same"
                + " value, or evaluate the models again with max_detections = 10");
  }

  @Test
  void aProfileOfAnEarlierVersionIsUsedWithANoteOnDetections() throws Exception {
    database.execute("UPDATE seeql.model_profiles SET max_detections = NULL");
    try {
      String text =
          ((StatementResult.Explanation)
                  fixture.execute(
                      "EXPLAIN "
                          + ALL
                          + "TO FIND person WITH dataset = 'cascades', strategy = 'cascade',"
                          + " max_cost_ms = 3, max_detections = 10"))
              .text();
      assertThat(text)
          .contains(
              "max_detections is 10, and the profile of model scout does not contain its value: the"
                  + " certified limits hold only if it was evaluated with 10; evaluate it again")
          .contains("(settles ");
    } finally {
      database.execute("UPDATE seeql.model_profiles SET max_detections = 300");
    }
  }

  @Test
  void profilesWithoutScoresAreRefused() throws Exception {
    List<String> kept =
        database.query(
            "SELECT CONCAT(profile_id, '|', class_name, '|', HEX(scores)) FROM"
                + " seeql.model_profile_classes WHERE scores IS NOT NULL");
    database.execute("UPDATE seeql.model_profile_classes SET scores = NULL");
    try {
      assertThatThrownBy(() -> find("person", "", " INTO cascade_none"))
          .isInstanceOf(PlanningException.class)
          .hasMessageContaining(
              "strategy=cascade needs models with scores of the same images of cascades");
    } finally {
      for (String row : kept) {
        String[] parts = row.split("\\|");
        database.execute(
            "UPDATE seeql.model_profile_classes SET scores = UNHEX('%s') WHERE profile_id = %s AND class_name = '%s'"
                .formatted(parts[2], parts[0], parts[1]));
      }
    }
  }
}
