package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.plan.OptionSet;
import org.seeql.planner.plan.ProgramCatalog;
import org.seeql.planner.statement.Statement;

class RunIT {
  private static final Path DEMO = Path.of("..", "demo").toAbsolutePath().normalize();

  @TempDir static Path directory;
  private static TestDatabase database;

  @BeforeAll
  static void registerImagesAndModels() throws Exception {
    database = TestDatabase.start(directory.resolve("database"));
    database.execute(
        "CREATE TABLE images (image_id BIGINT UNSIGNED PRIMARY KEY, file_name VARCHAR(200) NOT NULL)");
    int id = 100;
    for (String file : images(24)) {
      database.execute("INSERT INTO images VALUES (" + id++ + ", '" + file + "')");
    }
    try (SeeqlSession session = session(Map.of())) {
      run(
          session,
          "CREATE MODEL scout OPTIONS (uri = ['models/scout.torchscript', 'models/scout.onnx'],"
              + " layout = 'yolov8', input_size = 160, labels = 'models/scout.labels.txt')");
    }
    database.execute(
        "INSERT INTO seeql.image_roots VALUES ('seeql_test', 'images', '"
            + DEMO
            + "/images/show')");
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static List<String> images(int count) throws IOException {
    try (Stream<Path> files = Files.list(DEMO.resolve("images/show"))) {
      return files.map(f -> f.getFileName().toString()).sorted().limit(count).toList();
    }
  }

  private static SeeqlSession session(Map<String, String> options) {
    return new SeeqlSession(
        database.connector(),
        TestSpark::session,
        new SessionOptions(
            OptionSet.of(options, "the test"),
            ProgramCatalog.standard(),
            DEMO,
            directory.resolve("cache")),
        RunListener.NONE);
  }

  private static StatementResult run(SeeqlSession session, String program) {
    StatementResult last = new StatementResult.Done("nothing");
    for (Statement statement : ProgramParser.parse(program).statements()) {
      last = session.execute(statement);
    }
    return last;
  }

  @Test
  void writesARowADetection() throws Exception {
    try (SeeqlSession session = session(Map.of())) {
      RunSummary summary =
          (RunSummary)
              run(
                  session,
                  "SELECT * FROM images ORDER BY image_id TO RUN any CMD 'detect', '--model=scout' INTO found");

      assertThat(summary.images()).isEqualTo(24);
      assertThat(summary.rows()).isEqualTo(database.count("found"));
    }
  }
}
