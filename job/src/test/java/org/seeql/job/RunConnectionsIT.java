package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.fixture.RunFixture;

class RunConnectionsIT {
  private static final int PARTITIONS = RunFixture.IMAGE_COUNT;

  @Test
  void partitionsUseEachOthersConnections() throws Exception {
    RunFixture fixture = RunFixture.shared();
    try (DatabaseSession session = DatabaseSession.open(fixture.database().connector())) {
      long before = opened(session);

      fixture.detect("SELECT * FROM images", "connections", "--partitions=" + PARTITIONS);

      assertThat(opened(session) - before).isLessThan(PARTITIONS);
    }
  }

  /** The number of connections that the server has accepted since its start. */
  private static long opened(DatabaseSession session) throws SQLException {
    return session
        .findFirst("SHOW GLOBAL STATUS LIKE 'Connections'", row -> row.getLong(2))
        .orElseThrow();
  }
}
