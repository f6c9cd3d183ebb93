package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
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
          + " '--latency=100', '--confidence=0.05' INTO found";

  @TempDir Path directory;

  /** Stops the server after the run has committed something. */
  private static final class Stopping implements RunListener {
    private final EmbeddedDatabase server;
    private boolean stopped;

    Stopping(EmbeddedDatabase server) {
      this.server = server;
    }

    @Override
    public void progress(RunProgress progress) {
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
    try (SeeqlSession session =
        RunFixture.session(first.connector(), directory, Map.of(), new Stopping(first))) {
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
      RunSummary summary = (RunSummary) session.resume(runId);

      assertThat(summary.done()).isEqualTo(RunFixture.IMAGE_COUNT);
      assertThat(summary.skippedPartitions()).isBetween(1, 11);
      assertThat(database.query("SELECT COUNT(*) FROM found", row -> row.getLong(1)))
          .containsExactly(summary.rows());
    }
  }
}
