package org.seeql.chaos.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.seeql.chaos.SeeqlProcess;
import org.seeql.chaos.Workplace;
import org.seeql.database.jdbc.DatabaseSession;

/**
 * The statement that is disturbed, and its rows without disturbance. It is a detector over a few
 * hundred rows that refer to the demo's images.
 *
 * @param expected the rows of one run
 * @param duration of one run, from the start of its process to its end
 */
record DetectionStatement(Workplace place, DetectionRows expected, Duration duration) {
  static final int IMAGES = 480;
  static final int PARTITIONS = 16;

  private static final String EXPECTED = "expected";

  /** Creates the tables and the model, and runs the statement without disturbance. */
  static DetectionStatement prepare(Workplace place) throws Exception {
    place.execute(
        "CREATE TABLE images (image_id INT PRIMARY KEY, file_name VARCHAR(200) NOT NULL)");
    List<String> files = imageFiles(place);
    StringBuilder insert = new StringBuilder("INSERT INTO images VALUES ");
    for (int id = 1; id <= IMAGES; id++) {
      insert.append(id == 1 ? "" : ", ");
      insert.append("(%d, '%s')".formatted(id, files.get(id % files.size())));
    }
    place.execute(insert.toString());
    place.run(
        "-e",
        "CREATE MODEL scout OPTIONS (uri = '%1$s/models/scout.onnx', layout = 'yolov8', labels ="
                .formatted(place.demo())
            + " '%s/models/scout.labels.txt')".formatted(place.demo()));
    // the first run creates the class data archive; the second is as fast as later runs
    place.run("-e", sql(place, "warm", Mode.OVERWRITE, DisturbedRun.DEFAULT_MILLIS));
    long begun = System.nanoTime();
    place.run("-e", sql(place, EXPECTED, Mode.ERROR, DisturbedRun.DEFAULT_MILLIS));
    Duration duration = Duration.ofNanos(System.nanoTime() - begun);
    try (DatabaseSession session = place.session()) {
      return new DetectionStatement(place, DetectionRows.of(session, EXPECTED), duration);
    }
  }

  private static List<String> imageFiles(Workplace place) throws IOException {
    try (Stream<Path> files = Files.list(imageFolder(place))) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private static Path imageFolder(Workplace place) {
    return place.demo().resolve("images/show");
  }

  private static String sql(Workplace place, String table, Mode mode, int latencyMillis) {
    StringBuilder sql =
        new StringBuilder("SELECT image_id, file_name FROM images TO RUN x CMD 'detect'");
    for (String argument :
        List.of(
            "--model=scout",
            "--image_dir=" + imageFolder(place),
            "--confidence=0.05",
            "--partitions=" + PARTITIONS,
            "--latency=" + latencyMillis)) {
      sql.append(", '").append(argument).append("'");
    }
    return sql.append(", ").append(mode.arguments()).append(" INTO main.").append(table).toString();
  }

  /** Prepares the target. Rows that exist before the run have the run id {@code earlier}. */
  DisturbedRun run(String id, Mode mode, String... options) throws SQLException {
    String table = id.replace('-', '_');
    if (mode.hasTarget()) {
      place.execute(
          "CREATE TABLE " + table + " LIKE " + EXPECTED,
          "INSERT INTO " + table + " SELECT * FROM " + EXPECTED,
          "UPDATE " + table + " SET run_id = 'earlier'");
    }
    return new DisturbedRun(id, table, mode, DisturbedRun.DEFAULT_MILLIS, List.of(options));
  }

  String[] command(DisturbedRun run) {
    return run.command(sql(place, run.table(), run.mode(), run.latencyMillis()));
  }

  /** Starts or resumes the run. */
  SeeqlProcess start(DisturbedRun run) {
    return place.start(command(run));
  }
}
