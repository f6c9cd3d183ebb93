package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.database.embedded.EmbeddedDatabase;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.job.fixture.RunFixture;

class ServerGoneIT {
  private static final String RUN =
      "SELECT * FROM images TO RUN any CMD 'detect', '--model=scout', '--partitions=12',"
          + " '--confidence=0.05' INTO found";

  @TempDir Path directory;

  /**
   * Stops the server after the run has committed something. Locks the second half of the
   * partitions, so that the run cannot complete before.
   */
  private static final class Stopping implements RunListener {
    private final EmbeddedDatabase server;
    private final DatabaseSession lock;
    private String runId;
    private boolean stopped;

    Stopping(EmbeddedDatabase server, DatabaseSession lock) {
      this.server = server;
      this.lock = lock;
    }

    @Override
    public void started(String id) {
      runId = id;
    }

    @Override
    public void stage(String name, String detail) {
      if (name.equals("infer")) {
        try {
          lock.connection().setAutoCommit(false);
          lock.query(
              "SELECT * FROM seeql.run_partitions WHERE run_id = ? AND partition_id >= 6 FOR UPDATE",
              row -> true,
              runId);
        } catch (SQLException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    @Override
    public void progress(RunProgress progress) {
      // two tasks with two images each may not have committed yet
      if (!stopped && progress.done() >= 8) {
        stopped = true;
        server.close();
      }
    }
  }

  @Test
  void aRunThatLosesItsServerFailsAndGoesOnWithTheNextOne() throws Exception {
    assumeTrue(System.getenv("SEEQL_TEST_DATABASE_URL") == null, "needs a server to stop");
    Path data = directory.resolve("data");
    EmbeddedDatabase first = EmbeddedDatabase.start(data);
    RunFixture.fill(first.connector(), directory);
    RunFailedException failure;
    DatabaseSession lock = DatabaseSession.open(first.connector());
    // the server does not come back, so the run need not wait long for it
    SessionOptions options =
        RunFixture.options(directory, Map.of()).withDatabaseWait(Duration.ofSeconds(2));
    try (SeeqlSession session =
        RunFixture.session(first.connector(), options, new Stopping(first, lock))) {
      failure = catchThrowableOfType(RunFailedException.class, () -> RunFixture.run(session, RUN));
    } finally {
      first.close();
    }

    String runId = failure.runId();
    assertThat(failure)
        .hasMessage(
            "Run %s failed: the database at %s does not answer. Committed partitions are kept; continue with `seeql run --resume %s`"
                .formatted(runId, first.connector().address(), runId));
    try (EmbeddedDatabase second = EmbeddedDatabase.start(data);
        SeeqlSession session =
            RunFixture.session(second.connector(), directory, Map.of(), RunListener.NONE);
        DatabaseSession database = DatabaseSession.open(second.connector())) {
      int committed =
          database
              .query(
                  "SELECT COUNT(*) FROM seeql.run_partitions WHERE state = 'committed'",
                  row -> row.getInt(1))
              .get(0);

      RunSummary summary = (RunSummary) session.resume(runId);

      assertThat(summary.done()).isEqualTo(RunFixture.IMAGE_COUNT);
      assertThat(committed).isPositive();
      assertThat(summary.skippedPartitions()).isEqualTo(committed).isLessThan(12);
      assertThat(database.query("SELECT COUNT(*) FROM found", row -> row.getLong(1)))
          .containsExactly(summary.rows());
    }
  }
}
