package org.seeql.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.job.jdbc.DatabaseConnector;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.plan.OptionSet;
import org.seeql.planner.plan.ProgramCatalog;
import org.seeql.planner.statement.Statement;

/**
 * A database with 24 of the demo's images (table {@code images}, ids 100 to 123) and its models
 * {@code scout} (a detector) and {@code places} (a classifier), for all tests of a JVM.
 */
final class RunFixture {
  static final Path DEMO = Path.of("..", "demo").toAbsolutePath().normalize();
  static final Path IMAGES = DEMO.resolve("images/show");
  static final int IMAGE_COUNT = 24;
  static final int FIRST_ID = 100;

  private static RunFixture shared;

  private final Path directory;
  private final TestDatabase database;

  private RunFixture(Path directory) throws Exception {
    this.directory = directory;
    this.database = TestDatabase.start(directory.resolve("database"));
    fill(database.connector(), directory);
  }

  static synchronized RunFixture shared() throws Exception {
    if (shared == null) {
      // the embedded database stops by itself when the JVM ends
      shared = new RunFixture(Files.createTempDirectory("seeql-job-tests"));
    }
    return shared;
  }

  /** Puts images and models into an empty database. */
  static void fill(DatabaseConnector connector, Path directory) throws Exception {
    try (SeeqlSession session = session(connector, directory, Map.of(), RunListener.NONE)) {
      run(
          session,
          "CREATE TABLE images (image_id BIGINT UNSIGNED PRIMARY KEY, file_name VARCHAR(200) NOT"
              + " NULL, taken DATE, extra JSON)");
      int id = FIRST_ID;
      for (String file : imageFiles()) {
        run(
            session,
            "INSERT INTO images VALUES (%d, '%s', '2026-01-%02d', '{\"n\": %d}')"
                .formatted(id, file, id - FIRST_ID + 1, id));
        id++;
      }
      run(
          session,
          "CREATE MODEL scout OPTIONS (uri = ['models/scout.torchscript', 'models/scout.onnx'],"
              + " layout = 'yolov8', input_size = 160, labels = 'models/scout.labels.txt');"
              + "CREATE MODEL places OPTIONS (uri = 'models/places.onnx', layout ="
              + " 'classification', labels = 'models/places.labels.txt')");
      run(session, "INSERT INTO seeql.image_roots SELECT DATABASE(), 'images', '" + IMAGES + "'");
    }
  }

  static List<String> imageFiles() {
    try (Stream<Path> files = Files.list(IMAGES)) {
      return files.map(f -> f.getFileName().toString()).sorted().limit(IMAGE_COUNT).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SeeqlSession session(
      DatabaseConnector connector,
      Path directory,
      Map<String, String> options,
      RunListener listener) {
    return new SeeqlSession(
        connector,
        TestSpark::session,
        new SessionOptions(
            OptionSet.of(options, "the command line"),
            ProgramCatalog.standard(),
            DEMO,
            directory.resolve("cache")),
        listener);
  }

  static StatementResult run(SeeqlSession session, String program) {
    StatementResult last = new StatementResult.Done("nothing");
    for (Statement statement : ProgramParser.parse(program).statements()) {
      last = session.execute(statement);
    }
    return last;
  }

  TestDatabase database() {
    return database;
  }

  SeeqlSession session() {
    return session(Map.of());
  }

  SeeqlSession session(Map<String, String> options) {
    return session(options, RunListener.NONE);
  }

  SeeqlSession session(Map<String, String> options, RunListener listener) {
    return session(database.connector(), directory, options, listener);
  }

  /** A session whose one run has an id that is chosen. */
  SeeqlSession namedSession(String runId, RunListener listener) {
    return namedSession(runId, OptionSet.NONE, listener);
  }

  SeeqlSession namedSession(String runId, OptionSet commandLine, RunListener listener) {
    return new SeeqlSession(
        database.connector(),
        TestSpark::session,
        new SessionOptions(commandLine, ProgramCatalog.standard(), DEMO, directory.resolve("cache"))
            .withRunId(runId),
        listener);
  }

  /** Executes a program in a session of its own. */
  StatementResult execute(String program) {
    try (SeeqlSession session = session()) {
      return run(session, program);
    }
  }

  RunSummary summary(String program) {
    return (RunSummary) execute(program);
  }

  /** A run of the model scout. */
  RunSummary detect(String select, String into, String... arguments) {
    return summary(detection(select, into, arguments));
  }

  static String detection(String select, String into, String... arguments) {
    StringBuilder program = new StringBuilder(select);
    program.append(" TO RUN any/image CMD 'detect', '--model=scout'");
    for (String argument : arguments) {
      program.append(", '").append(argument).append("'");
    }
    return program.append(" INTO ").append(into).toString();
  }
}
