package org.seeql.job;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.job.StatementResult.Novelty;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.job.fixture.RunFixture;

/**
 * A table {@code incoming} into which images arrive, a model {@code night}, and a program that
 * appends the results of new images to a table {@code nightly}.
 */
final class Nightly {
  private static final String MODEL =
      "CREATE OR REPLACE MODEL night OPTIONS (uri = 'models/%s.onnx', layout = '%s', input_size = %d, labels = 'models/%s.labels.txt')";
  static final String SCOUT = MODEL.formatted("scout", "yolov8", 160, "scout");
  static final String PEOPLE = MODEL.formatted("people", "yolov5", 224, "people");
  static final String INCOMING = "SELECT * FROM incoming";
  private static final String ROWS =
      "SELECT image_id, detection, label, ROUND(score, 4) FROM %s ORDER BY 1, 2, 3";
  private static final int FEW = 6;

  private final RunFixture fixture;
  private final TestDatabase database;
  private final Path images;

  /** Starts with six images, ids 1 to 6, and no results. */
  Nightly(RunFixture fixture, Path images) throws Exception {
    this.fixture = fixture;
    this.database = fixture.database();
    this.images = images;
    database.execute(
        "DROP TABLE IF EXISTS nightly, incoming, moved",
        "CREATE TABLE incoming (image_id INT PRIMARY KEY, file_name VARCHAR(200))");
    for (int id = 1; id <= FEW; id++) {
      arrive(id);
    }
    fixture.execute("DROP MODEL IF EXISTS night");
    registerScout();
  }

  /**
   * Registers the model {@code night}. Copies its row the next time, because CREATE MODEL starts a
   * process that runs the model.
   */
  private void registerScout() throws Exception {
    if (database.query("SHOW TABLES LIKE 'scout_of_night'").isEmpty()) {
      fixture.execute(SCOUT);
      database.execute(
          "CREATE TABLE scout_of_night AS SELECT * FROM seeql.models WHERE name = 'night' ORDER BY"
              + " version DESC LIMIT 1");
    } else {
      database.execute(
          "UPDATE scout_of_night SET version = 1 + (SELECT MAX(version) FROM seeql.models WHERE name"
              + " = 'night')",
          "INSERT INTO seeql.models SELECT * FROM scout_of_night");
    }
  }

  /** Adds one of the demo's images as a row of the table. */
  void arrive(int id) throws Exception {
    String file = RunFixture.imageFiles().get(id);
    copy(id, file);
    database.execute("INSERT INTO incoming VALUES (%d, '%s')".formatted(id, file));
  }

  /** Copies one of the demo's images to a file. */
  void copy(int id, String file) throws Exception {
    Path copy = images.resolve(file);
    if (!Files.exists(copy)) {
      Files.copy(RunFixture.IMAGES.resolve(RunFixture.imageFiles().get(id)), copy);
    }
  }

  RunSummary run(String... arguments) {
    return fixture.summary(statement(INCOMING, arguments));
  }

  String statement(String select, String... arguments) {
    StringBuilder cmd = new StringBuilder();
    for (String argument : arguments) {
      cmd.append(", '").append(argument).append("'");
    }
    return select
        + " TO RUN x CMD 'detect', '--model=night', '--mode=append', '--only_new', '--image_dir=%s'%s INTO nightly"
            .formatted(images, cmd);
  }

  List<String> rows() throws Exception {
    return database.query(ROWS.formatted("nightly"));
  }

  /** The result of a run over all images that have arrived. */
  List<String> expected() throws Exception {
    fixture.execute(
        "SELECT * FROM incoming TO RUN x CMD 'detect', '--model=night', '--mode=overwrite', '--image_dir=%s' INTO all_at_once"
            .formatted(images));
    return database.query(ROWS.formatted("all_at_once"));
  }

  /** Cleans up for other tests that share the fixture. */
  static void leaveNoModel(RunFixture fixture) throws Exception {
    fixture.execute("DROP MODEL IF EXISTS night");
    fixture.database().execute("DELETE FROM seeql.model_profiles WHERE model = 'night'");
  }

  static long skipped(RunSummary run) {
    return run.novelty().map(Novelty::skipped).orElse(-1L);
  }

  static long leftOut(RunSummary run) {
    return run.novelty().map(Novelty::leftOut).orElse(-1L);
  }
}
