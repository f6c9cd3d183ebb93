package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.job.StatementResult.Explanation;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.job.fixture.RunFixture;

class FailedImagesIT {
  private static final int GOOD = 6;
  private static RunFixture fixture;
  private static TestDatabase database;

  @TempDir private Path images;

  private Nightly nightly;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
  }

  @AfterAll
  static void leaveNoModel() throws Exception {
    Nightly.leaveNoModel(fixture);
  }

  @BeforeEach
  void makeImages() throws Exception {
    nightly = new Nightly(fixture, images);
  }

  @Test
  void aFewCorruptImagesDoNotFailLaterNights() throws Exception {
    for (int id = 7; id <= 95; id++) {
      database.execute(
          "INSERT INTO incoming SELECT %d, file_name FROM incoming WHERE image_id = %d"
              .formatted(id, id % GOOD + 1));
    }
    for (int id = 91; id <= 95; id++) {
      corrupt(id);
      database.execute(
          "UPDATE incoming SET file_name = 'bad-%1$d.jpg' WHERE image_id = %1$d".formatted(id));
    }

    RunSummary first = nightly.run();
    RunSummary second = nightly.run();
    RunSummary third = nightly.run();
    RunSummary fourth = nightly.run();

    assertThat(figures(first)).containsExactly(95L, 5L, 0L, 0L);
    assertThat(figures(second)).containsExactly(5L, 5L, 90L, 0L);
    assertThat(figures(third)).containsExactly(5L, 5L, 90L, 0L);
    assertThat(figures(fourth)).containsExactly(0L, 0L, 90L, 5L);
    assertThat(
            database.query(
                "SELECT images, left_out, skipped FROM seeql.runs WHERE run_id = '%s'"
                    .formatted(fourth.runId())))
        .containsExactly("0|90|5");
    assertThat(failedImages()).hasSize(5).allMatch(row -> row.startsWith("3|decode|"));
  }

  @Test
  void aRepairedFileIsTriedAgain() throws Exception {
    corrupt(7);
    insert(7);
    failThreeTimes();
    assertThat(figures(night())).containsExactly(0L, 0L, 6L, 1L);

    Files.copy(
        RunFixture.IMAGES.resolve(RunFixture.imageFiles().get(7)), images.resolve("good-7.jpg"));
    Files.delete(images.resolve("bad-7.jpg"));
    Files.move(images.resolve("good-7.jpg"), images.resolve("bad-7.jpg"));
    RunSummary repaired = night();

    assertThat(figures(repaired)).containsExactly(1L, 0L, 6L, 0L);
    assertThat(failedImages()).isEmpty();
    assertThat(figures(night())).containsExactly(0L, 0L, 7L, 0L);
  }

  @Test
  void aFileThatIsOnlyNewerIsTriedAgainAndCountedFromOne() throws Exception {
    corrupt(7);
    insert(7);
    failThreeTimes();

    Files.setLastModifiedTime(images.resolve("bad-7.jpg"), FileTime.fromMillis(1_000_000));
    RunSummary touched = nightly.run("--max_failed_images=1");

    assertThat(figures(touched)).containsExactly(1L, 1L, 6L, 0L);
    assertThat(failedImages().get(0)).startsWith("1|decode|");
  }

  @Test
  void moreAttemptsTryTheSkippedImagesOnceMore() throws Exception {
    corrupt(7);
    insert(7);
    failThreeTimes();

    RunSummary fourth = nightly.run("--max_attempts=4", "--max_failed_images=1");
    RunSummary fifth = nightly.run("--max_attempts=4", "--max_failed_images=1");

    assertThat(figures(fourth)).containsExactly(1L, 1L, 6L, 0L);
    assertThat(figures(fifth)).containsExactly(0L, 0L, 6L, 1L);
    assertThat(fifth.novelty().orElseThrow().maxAttempts()).isEqualTo(4);
  }

  @Test
  void aMissingFileIsTriedAgainWhenItIsThere() throws Exception {
    insert(7);
    database.execute("INSERT INTO incoming VALUES (8, NULL), (9, '../outside.jpg')");
    failThreeTimes();
    assertThat(figures(night())).containsExactly(0L, 0L, 6L, 3L);

    nightly.copy(7, "bad-7.jpg");

    assertThat(figures(night())).containsExactly(1L, 0L, 6L, 2L);
  }

  @Test
  void aFileThatMayBeReadAgainIsTriedAgain() throws Exception {
    nightly.copy(7, "bad-7.jpg");
    insert(7);
    Path file = images.resolve("bad-7.jpg");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(file), "root reads every file");
    failThreeTimes();
    assertThat(figures(night())).containsExactly(0L, 0L, 6L, 1L);

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(figures(night())).containsExactly(1L, 0L, 6L, 0L);
  }

  @Test
  void skippedImagesCountForAShareOfFailures() throws Exception {
    for (int id = 7; id <= 8; id++) {
      corrupt(id);
      insert(id);
    }
    failThreeTimes();

    assertThatThrownBy(() -> nightly.run("--max_failed_images=20%"))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining(
            " failed: more images failed than --max_failed_images=20% allows for 8 images (2 failed in"
                + " earlier runs: see SELECT path, attempts, reason FROM seeql.failed_images). ");
    assertThat(figures(nightly.run("--max_failed_images=25%"))).containsExactly(0L, 0L, 6L, 2L);
  }

  @Test
  void aNumberOfFailuresIsThatOfTheRunItself() throws Exception {
    for (int id = 7; id <= 8; id++) {
      corrupt(id);
      insert(id);
    }
    failThreeTimes();
    corrupt(9);
    insert(9);

    RunSummary one = nightly.run("--max_failed_images=1");

    assertThat(figures(one)).containsExactly(1L, 1L, 6L, 2L);
    assertThatThrownBy(() -> nightly.run("--max_failed_images=0"))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining(
            " failed: more images failed than --max_failed_images=0 allows for 9 images (")
        .hasMessageNotContaining("earlier runs");
  }

  @Test
  void anImageThatIsSelectedTwiceFailsOnceARun() throws Exception {
    corrupt(7);
    insert(7);
    String twice = "SELECT * FROM incoming UNION ALL SELECT * FROM incoming WHERE image_id = 7";
    String statement = nightly.statement(twice, "--partitions=8", "--max_failed_images=2");

    fixture.summary(statement);
    assertThat(failedImages().get(0)).startsWith("1|");
    fixture.summary(statement);
    fixture.summary(statement);
    RunSummary fourth = fixture.summary(statement);

    assertThat(figures(fourth)).containsExactly(0L, 0L, 6L, 2L);
  }

  @Test
  void imagesWithOnePathInAColumnNamedImageFailSeparately() throws Exception {
    corrupt(7);
    insert(7);
    database.execute("INSERT INTO incoming VALUES (8, 'bad-7.jpg')");

    RunSummary run =
        fixture.summary(
            nightly.statement(
                "SELECT image_id, file_name AS image FROM incoming",
                "--path_column=image",
                "--partitions=1",
                "--max_failed_images=2"));

    assertThat(figures(run)).containsExactly(8L, 2L, 0L, 0L);
    assertThat(failedImages()).hasSize(2).allMatch(row -> row.startsWith("1|decode|"));
  }

  @Test
  void anotherModelTriesTheImageItself() throws Exception {
    corrupt(7);
    insert(7);
    failThreeTimes();
    fixture.execute(Nightly.PEOPLE);

    assertThat(figures(nightly.run("--max_failed_images=1"))).containsExactly(7L, 1L, 0L, 0L);
  }

  @Test
  void aTableThatIsCreatedAgainHasNoFailures() throws Exception {
    corrupt(7);
    insert(7);
    failThreeTimes();
    database.execute("DROP TABLE nightly");

    RunSummary first = nightly.run("--max_failed_images=1");

    assertThat(figures(first)).containsExactly(7L, 1L, 0L, 0L);
    assertThat(failedImages().get(0)).startsWith("1|");
  }

  @Test
  void explainSaysHowManyAreSkipped() throws Exception {
    corrupt(7);
    insert(7);
    failThreeTimes();
    nightly.arrive(9);

    Explanation explanation =
        (Explanation) fixture.execute("EXPLAIN " + nightly.statement(Nightly.INCOMING));

    assertThat(explanation.document())
        .containsEntry("images", 8L)
        .containsEntry("new_images", 1L)
        .containsEntry("skipped_images", 1L);
  }

  private RunSummary night() {
    return nightly.run("--max_failed_images=3");
  }

  private void failThreeTimes() {
    for (int night = 1; night <= 3; night++) {
      night();
    }
  }

  private void corrupt(int id) throws Exception {
    Files.writeString(images.resolve("bad-%d.jpg".formatted(id)), "no image at all " + id);
  }

  private void insert(int id) throws Exception {
    database.execute("INSERT INTO incoming VALUES (%1$d, 'bad-%1$d.jpg')".formatted(id));
  }

  private static List<Long> figures(RunSummary run) {
    return List.of(run.images(), run.failed(), Nightly.leftOut(run), Nightly.skipped(run));
  }

  private static List<String> failedImages() throws Exception {
    return database.query(
        "SELECT attempts, stage, reason FROM seeql.failed_images JOIN seeql.done_sets USING (set_id) WHERE target_table = 'nightly' ORDER BY path");
  }
}
