package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.job.fixture.KilledAt;
import org.seeql.job.fixture.KilledAt.Killed;
import org.seeql.job.fixture.RunFixture;
import org.seeql.job.fixture.TestSpark;
import org.seeql.job.sink.ParquetFolder;
import org.seeql.planner.plan.PlanningException;

/**
 * Runs that write Parquet files. Spark reads them, and a run into a table has the expected rows.
 */
class ParquetTargetIT {
  private static final String ALL = "SELECT * FROM images";

  private static RunFixture fixture;
  private static TestDatabase database;
  private static List<String> expected;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
    fixture.detect(ALL, "parquet_expected", "--confidence=0.05");
    expected =
        database.query(
            "SELECT image_id, detection, label, FORMAT(score, 4) FROM parquet_expected"
                + " ORDER BY image_id, detection");
    database.execute("DROP TABLE parquet_expected");
  }

  private String into(String name) {
    return "parquet.`" + directory.resolve(name) + "`";
  }

  private String program(String name, String... arguments) {
    return RunFixture.detection(
        ALL,
        into(name),
        Stream.concat(Stream.of("--confidence=0.05", "--partitions=4"), Stream.of(arguments))
            .toArray(String[]::new));
  }

  private List<Row> read(String name) {
    return TestSpark.session().read().parquet(directory.resolve(name).toString()).collectAsList();
  }

  private List<String> rows(String name) {
    return TestSpark.session()
        .read()
        .parquet(directory.resolve(name).toString())
        .selectExpr(
            "concat_ws('|', image_id, detection, label, format_number(score, 4)) AS row",
            "image_id",
            "detection")
        .orderBy("image_id", "detection")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private String killAt(String stage, String program) {
    KilledAt listener = new KilledAt(stage);
    try (SeeqlSession session = fixture.session(Map.of(), listener)) {
      assertThatThrownBy(() -> RunFixture.run(session, program)).isInstanceOf(Killed.class);
    }
    return listener.runId();
  }

  private static RunSummary resume(String runId) {
    try (SeeqlSession session = fixture.session()) {
      return (RunSummary) session.resume(runId);
    }
  }

  @Test
  void hasTheRowsOfATable() throws Exception {
    RunSummary summary = fixture.summary(program("found"));

    assertThat(rows("found")).isEqualTo(expected);
    assertThat(summary.rows()).isEqualTo(expected.size());
    String run = summary.runId();
    assertThat(names(directory.resolve("found")))
        .containsExactly(
            "_SUCCESS",
            "_seeql",
            "part-%s-00000.parquet".formatted(run),
            "part-%s-00001.parquet".formatted(run),
            "part-%s-00002.parquet".formatted(run),
            "part-%s-00003.parquet".formatted(run));
    assertThat(names(directory)).containsExactly("found");
  }

  @Test
  void keepsTheTypesOfSelectedColumns() {
    fixture.execute(
        ALL + " WHERE image_id = 101 TO PREDICT " + into("predicted") + ".answer USING scout");

    Row row = read("predicted").get(0);
    assertThat(row.schema().toDDL())
        .startsWith(
            "image_id DECIMAL(20,0),file_name STRING,taken DATE,extra STRING,answer STRING");
    assertThat(row.getDate(2)).hasToString("2026-01-02");
    assertThat(row.getString(3)).isEqualTo("{\"n\": 101}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"select", "partition", "infer", "publish"})
  void aKilledRunIsResumed(String stage) throws Exception {
    String runId = killAt(stage, program("killed"));
    assertThat(directory.resolve("killed")).doesNotExist();

    if (stage.equals("select")) {
      fixture.summary(program("killed"));
    } else {
      resume(runId);
    }

    assertThat(rows("killed")).isEqualTo(expected);
    assertThat(names(directory)).containsExactly("killed");
  }

  @Test
  void aPublicationThatWasInterruptedIsRepeated() throws Exception {
    fixture.summary(program("moved"));
    String runId = killAt("publish", program("moved"));
    Path staged = directory.resolve("_seeql_" + runId);
    // As if killed between the two moves of folders, after the first file was moved
    Path first = Files.list(staged.resolve("_attempts")).sorted().findFirst().orElseThrow();
    Files.move(first, staged.resolve("part-%s-00000.parquet".formatted(runId)));
    Files.move(directory.resolve("moved"), directory.resolve("_seeql_old_" + runId));

    resume(runId);

    assertThat(rows("moved")).isEqualTo(expected);
    assertThat(names(directory)).containsExactly("moved");
  }

  @Test
  void aDriverThatDiesAfterThePublicationIsNotRepeated() throws Exception {
    fixture.summary(program("done"));
    String runId = killAt("publish", program("done", "--mode=append"));
    resume(runId);
    database.execute("UPDATE seeql.runs SET state = 'running' WHERE run_id = '" + runId + "'");

    resume(runId);

    assertThat(rows("done")).hasSize(2 * expected.size());
  }

  @Test
  void anInterruptedReplacementProtectsTheTargetAndCanBeUndone() throws Exception {
    fixture.summary(program("away"));
    String runId = killAt("publish", program("away"));
    ParquetFolder folder = new ParquetFolder(directory.resolve("away"), runId);
    Path manifest = folder.staged().resolve("_seeql").resolve(runId + ".json");
    Files.createDirectories(manifest.getParent());
    Files.writeString(manifest, "{\"target\":\"away\",\"files\":[]}");
    Files.move(directory.resolve("away"), directory.resolve("_seeql_old_" + runId));

    assertRefused(
        program("away"),
        "Run %s has not finished the replacement of %s"
            .formatted(runId, directory.resolve("away")));
    fixture.summary(program("other"));

    folder.clean();

    assertThat(rows("away")).isEqualTo(expected);
    assertThat(names(directory)).containsExactly("away", "other");
  }

  @Test
  void anInterruptedAppendCanBeUndone() throws Exception {
    fixture.summary(program("appended"));
    String runId = killAt("publish", program("appended", "--mode=append"));
    ParquetFolder folder = new ParquetFolder(directory.resolve("appended"), runId);
    Path first =
        Files.list(folder.staged().resolve("_attempts")).sorted().findFirst().orElseThrow();
    Files.move(first, folder.target().resolve("part-%s-00000.parquet".formatted(runId)));

    folder.clean();

    assertThat(rows("appended")).isEqualTo(expected);
    assertThat(names(directory)).containsExactly("appended");
  }

  @Test
  void doesNotReplaceFilesOfOthers() throws Exception {
    fixture.summary(program("mixed"));
    Path own = directory.resolve("mixed").resolve("mine.parquet");
    Files.copy(
        Files.list(directory.resolve("mixed"))
            .filter(f -> f.toString().endsWith(".parquet"))
            .sorted()
            .findFirst()
            .orElseThrow(),
        own);

    fixture.summary(program("mixed", "--mode=append"));
    assertRefused(
        program("mixed"),
        "Folder %s exists and contains files that no run of SeeQL wrote; use --mode=append or --mode=overwrite"
            .formatted(directory.resolve("mixed")));

    assertThat(own).exists();
  }

  @Test
  void doesNotWriteIntoATableOfAnotherFormat() throws Exception {
    Files.createDirectories(directory.resolve("delta").resolve("_delta_log"));

    assertRefused(
        program("delta", "--mode=overwrite"),
        "it contains _delta_log, which does not belong to Parquet files");
  }

  @Test
  void anEmptyResultCanBeAppendedToAMissingFolder() {
    fixture.summary(
        RunFixture.detection(ALL + " WHERE image_id = 0", into("started"), "--mode=append"));

    assertThat(read("started")).isEmpty();
    fixture.summary(program("started"));
    assertThat(rows("started")).isEqualTo(expected);
  }

  @Test
  void aFileOfALostAttemptIsNotRead() throws Exception {
    String runId = killAt("publish", program("lost"));
    Path attempts = directory.resolve("_seeql_" + runId).resolve("_attempts");
    Path first = Files.list(attempts).sorted().findFirst().orElseThrow();
    Files.copy(first, attempts.resolve("part-00000-0-77.parquet"));

    resume(runId);

    assertThat(rows("lost")).isEqualTo(expected);
    assertThat(names(directory)).containsExactly("lost");
    assertThat(names(directory.resolve("lost"))).hasSize(6).doesNotContain("_attempts");
  }

  @Test
  void aLostFilePreventsThePublication() throws Exception {
    String runId = killAt("publish", program("gone"));
    Path attempts = directory.resolve("_seeql_" + runId).resolve("_attempts");
    Files.delete(Files.list(attempts).sorted().findFirst().orElseThrow());

    assertThatThrownBy(() -> resume(runId))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining(
            "a committed file does not exist on the driver's machine: " + attempts);
    assertThat(directory.resolve("gone")).doesNotExist();
  }

  @Test
  void appendsAndReplaces() throws Exception {
    fixture.summary(program("modes"));
    fixture.summary(program("modes", "--mode=append"));
    assertThat(rows("modes")).hasSize(2 * expected.size());

    fixture.summary(program("modes"));
    assertThat(rows("modes")).isEqualTo(expected);

    assertThatThrownBy(() -> fixture.summary(program("modes", "--mode=error")))
        .isInstanceOf(PlanningException.class)
        .hasMessageContaining(
            "Folder %s exists, and mode=error".formatted(directory.resolve("modes")));
    assertThatThrownBy(
            () ->
                fixture.execute(
                    ALL + " TO PREDICT " + into("modes") + ".a WITH mode = 'append' USING scout"))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining(
            "Cannot append to %s: its files have the columns"
                .formatted(directory.resolve("modes")));
    assertThat(rows("modes")).isEqualTo(expected);
  }

  @Test
  void hasTheColumnsOfAResultWithoutRows() {
    fixture.summary(RunFixture.detection(ALL + " WHERE image_id = 0", into("none")));

    assertThat(read("none")).isEmpty();
    assertThat(TestSpark.session().read().parquet(directory.resolve("none").toString()).columns())
        .contains("image_id", "label", "score");
  }

  @Test
  void recordsFailures() throws Exception {
    database.execute("INSERT INTO images (image_id, file_name) VALUES (7, 'missing.jpg')");
    try {
      RunSummary summary = fixture.summary(program("failures"));

      assertThat(rows("failures")).isEqualTo(expected);
      assertThat(
              database.query(
                  "SELECT image_id FROM seeql.run_failures WHERE run_id = '%s'"
                      .formatted(summary.runId())))
          .containsExactly("7");
    } finally {
      database.execute("DELETE FROM images WHERE image_id = 7");
    }
  }

  @Test
  void refusesWhatItCannotWrite() throws Exception {
    Files.createDirectory(directory.resolve("photos"));
    Files.createFile(directory.resolve("photos").resolve("a.jpg"));

    assertRefused(program("photos"), "it contains a.jpg, which does not belong to Parquet files");
    assertRefused(
        program("photos", "--mode=overwrite"),
        "it contains a.jpg, which does not belong to Parquet files");
    assertRefused(
        program("x", "--mode=append", "--only_new"), "Cannot use only_new with Parquet files");
    assertRefused(program("x", "--result=wide"), "Cannot use result=wide with Parquet files");
    assertRefused(program("missing/x"), "is not a folder that may be written to");
    assertRefused(
        RunFixture.detection(ALL, "parquet.`s3a://bucket/x`"),
        "Invalid folder of INTO parquet.`…`: s3a://bucket/x");
    assertRefused(
        ALL + " TO EVALUATE scout INTO " + into("x"),
        "Cannot write into Parquet files: only TO RUN and TO PREDICT do");
    assertThat(directory.resolve("photos").resolve("a.jpg")).exists();
  }

  private static void assertRefused(String program, String message) {
    assertThatThrownBy(() -> fixture.execute(program))
        .isInstanceOf(PlanningException.class)
        .hasMessageContaining(message);
  }
}
