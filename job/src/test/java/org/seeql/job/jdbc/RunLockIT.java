package org.seeql.job.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.job.JobException;
import org.seeql.job.embedded.EmbeddedDatabase;
import org.seeql.job.jdbc.RunLock.Rhythm;

// a lock is held, and not asked for anything
@SuppressWarnings("try")
class RunLockIT {
  private static final Rhythm QUICK = new Rhythm(Duration.ofMillis(200), Duration.ofSeconds(1));
  private static final Rhythm SILENT = new Rhythm(Duration.ofDays(1), Duration.ofSeconds(1));

  @TempDir static Path directory;
  private static EmbeddedDatabase database;
  private static DatabaseConnector connector;

  @BeforeAll
  static void start() throws Exception {
    database = EmbeddedDatabase.start(directory);
    connector = database.connector();
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  private static Optional<Long> holder(String runId) throws SQLException {
    try (DatabaseSession session = DatabaseSession.open(connector)) {
      return RunLock.holder(session, runId);
    }
  }

  @Test
  void isKeptWhileItsDriverIsThere() throws Exception {
    try (RunLock lock = RunLock.acquire(connector, "kept", QUICK)) {
      Thread.sleep(2 * QUICK.silence().toMillis() + 500);

      assertThat(holder("kept")).isPresent();
      assertThatThrownBy(() -> RunLock.acquire(connector, "kept"))
          .isInstanceOf(JobException.class)
          .hasMessage(
              "Run kept is going on in another process; wait for its end, or stop it there; if its process is gone, KILL %d frees the database of it"
                  .formatted(holder("kept").orElseThrow()));
    }
    assertThat(holder("kept")).isEmpty();
  }

  @Test
  void goesWithADriverThatIsNotHeardOfAnyMore() throws Exception {
    try (RunLock lost = RunLock.acquire(connector, "lost", SILENT)) {
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(holder("lost")).isEmpty());
      RunLock.acquire(connector, "lost").close();
    }
  }

  @Test
  void isTakenAgainWhereItsConnectionWasLost() throws Exception {
    try (RunLock lock = RunLock.acquire(connector, "again", QUICK)) {
      long before = holder("again").orElseThrow();
      try (DatabaseSession session = DatabaseSession.open(connector)) {
        session.execute("KILL " + before);
      }

      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(holder("again")).isPresent().get().isNotEqualTo(before));
    }
    assertThat(holder("again")).isEmpty();
  }
}
