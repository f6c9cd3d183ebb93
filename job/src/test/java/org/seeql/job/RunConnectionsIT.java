package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.fixture.RunFixture;
import org.seeql.job.metrics.SeeqlPlugin;

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

  @Test
  void anExecutorThatEndsClosesItsIdleConnections() throws Exception {
    DatabaseConnector connector = RunFixture.shared().database().connector();
    long idle = idOfNext(connector);

    new SeeqlPlugin().executorPlugin().shutdown();

    assertThat(idOfNext(connector)).isNotEqualTo(idle);
  }

  private static long idOfNext(DatabaseConnector connector) throws SQLException {
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      return session.findFirst("SELECT CONNECTION_ID()", row -> row.getLong(1)).orElseThrow();
    }
  }

  /** The number of connections that the server has accepted since its start. */
  private static long opened(DatabaseSession session) throws SQLException {
    return session
        .findFirst("SHOW GLOBAL STATUS LIKE 'Connections'", row -> row.getLong(2))
        .orElseThrow();
  }
}
