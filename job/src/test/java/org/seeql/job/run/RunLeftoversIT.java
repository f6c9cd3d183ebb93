package org.seeql.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.OwnershipLostException;
import org.seeql.database.ledger.RunOwner;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.RunRecords;
import org.seeql.database.ledger.Selection;
import org.seeql.job.fixture.RunFixture;

class RunLeftoversIT {

  @Test
  void aDriverThatWasReplacedDropsNothing() throws Exception {
    RunFixture fixture = RunFixture.shared();
    TestDatabase database = fixture.database();
    String runId = fixture.detect("SELECT * FROM images LIMIT 2", "left_over").runId();
    database.execute(
        "UPDATE seeql.run_partitions SET state = 'pending' WHERE run_id = '%s'".formatted(runId));

    try (RunOwner former =
            RunOwner.take(database.connector(), runId, Duration.ofSeconds(60), waiting -> {});
        DatabaseSession session = DatabaseSession.open(database.connector())) {
      RunRecord run = RunRecords.find(session, runId).orElseThrow();
      Selection.create(session, runId, "SELECT * FROM images", run.layout().neededColumns());
      database.execute(
          "UPDATE seeql.run_leases SET epoch = epoch + 1 WHERE run_id = '%s'".formatted(runId));

      assertThatThrownBy(() -> RunLeftovers.drop(session, former, run))
          .isInstanceOf(OwnershipLostException.class);
      assertThat(Selection.count(session, runId)).isEqualTo(RunFixture.IMAGE_COUNT);
      Selection.drop(session, runId);
    }

    assertThat(
            database.query(
                "SELECT COUNT(*) FROM seeql.run_partitions WHERE run_id = '%s'".formatted(runId)))
        .containsExactly("1");
  }
}
