package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.evaluate.EvaluationSettings;
import org.seeql.job.find.FindRecords;
import org.seeql.job.fixture.RunFixture;
import org.seeql.job.model.ModelCache;
import org.seeql.job.model.ModelRepository;
import org.seeql.planner.option.WriteMode;

/** Words in the system tables that this version knows, and words that it does not know. */
class NewerWordsIT {
  private static final String MODEL =
      """
      INSERT INTO seeql.models
        (name, version, task, layout, engine, uri, sha256, files, input, class_names, options)
      VALUES ('m', 1, 'detect', 'yolov5', 'ONNX', 'file:/m.onnx', '%1$s',
        '[{"engine":"ONNX","uri":"file:/m.onnx","sha256":"%1$s"}]',
        '{"width":64,"height":32,"color":"RGB","placement":"CENTERED","padding":114,"scale":1.0,"mean":[0.0,0.0,0.0],"std":[1.0,1.0,1.0],"pixelType":"FLOAT32","memoryLayout":"NCHW","batch":0,"activation":"NONE"}',
        '["a"]', '{}')
      """
          .formatted("0".repeat(64));

  private static TestDatabase database;

  @TempDir private Path folder;
  private DatabaseSession session;

  @BeforeAll
  static void start() throws Exception {
    database = RunFixture.shared().database();
  }

  @BeforeEach
  void open() throws Exception {
    database.execute(MODEL);
    session = DatabaseSession.open(database.connector());
  }

  @AfterEach
  void close() throws Exception {
    session.close();
    database.execute(
        "DELETE FROM seeql.models WHERE name = 'm'",
        "DELETE FROM seeql.evaluations WHERE run_id = 'r1'",
        "DELETE FROM seeql.find_plans WHERE run_id = 'r1'");
  }

  @Test
  void readsAModelOfAnEarlierVersion() throws Exception {
    assertThat(models().find("m").orElseThrow().description().input().width()).isEqualTo(64);
  }

  @ParameterizedTest
  @CsvSource({
    "layout, yolov5, yolov99, layout",
    "files, ONNX, GGUF, engine",
    "input, RGB, CMYK, color",
    "input, CENTERED, TILED, letterbox",
    "input, FLOAT32, INT4, precision",
    "input, NCHW, CHWN, axes",
    "input, NONE, RELU, activation"
  })
  void refusesAModelOfANewerVersion(String column, String known, String word, String name)
      throws Exception {
    database.execute(
        "UPDATE seeql.models SET %1$s = REPLACE(%1$s, '%2$s', '%3$s') WHERE name = 'm'"
            .formatted(column, known, word));

    assertRefused(() -> models().find("m"), "model 'm': unknown %s '%s'".formatted(name, word));
  }

  @Test
  void refusesAnEvaluationOfANewerVersion() throws Exception {
    database.execute(
        "INSERT INTO seeql.evaluations VALUES ('r1', '{\"confidence\":0.5,\"matchIou\":0.5,\"dataset\":\"d\",\"label\":\"l\",\"labelled\":\"\",\"targetDatabase\":\"seeql_test\",\"targetTable\":\"t\",\"mode\":\"OVERWRITE\"}')");

    assertThat(EvaluationSettings.find(session, "r1").orElseThrow().mode())
        .isEqualTo(WriteMode.OVERWRITE);
    database.execute(
        "UPDATE seeql.evaluations SET settings = REPLACE(settings, 'OVER', 'UNDER') WHERE run_id = 'r1'");
    assertRefused(
        () -> EvaluationSettings.find(session, "r1"), "run r1: unknown mode 'UNDERWRITE'");
  }

  @Test
  void refusesAPlanOfANewerVersion() throws Exception {
    database.execute(
        "INSERT INTO seeql.find_plans VALUES ('r1', '{\"dataset\":\"d\",\"kept\":\"SAMPLED\",\"models\":[],\"plan\":{\"strategy\":\"ORDER\",\"bounds\":{},\"maximize\":\"ACCURACY\",\"assignment\":{},\"expectedCostMillis\":0.0,\"quality\":[0.5,0.0,0.0,0.5],\"optimality\":\"exact\",\"optimum\":0.0,\"root\":{\"to\":\"found\",\"node\":0},\"nodes\":[],\"warnings\":[]}}')");

    assertThat(FindRecords.findReport(session, "r1")).isPresent();
    assertRefused(
        () -> FindRecords.load(session, models(), "r1"),
        "run r1: unknown choice of images 'SAMPLED'");
  }

  private ModelRepository models() {
    return new ModelRepository(session, new ModelCache(folder), folder);
  }

  private static void assertRefused(ThrowingCallable read, String what) {
    assertThatThrownBy(read)
        .isInstanceOf(RefusalException.class)
        .hasMessage("Cannot read %s; it was written by a newer version of SeeQL".formatted(what));
  }
}
