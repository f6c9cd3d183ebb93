package org.seeql.database.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.planner.statement.TableName;

class PartitionKeepAliveIT {
  private static final Duration MAX_IDLE = Duration.ofSeconds(4);
  private static final Duration KEEP_ALIVE_AFTER = Duration.ofMillis(300);
  // More rows than are buffered, so that the transaction begins before the partition's end.
  private static final int MANY = 12_345;
  private static final int OWNER = 3;

  private static final ResultLayout LAYOUT =
      new ResultLayout(
          ResultLayout.Shape.DETECTION,
          List.of(
              ResultColumn.selected("image_id", "image_id"),
              ResultColumn.selected("file_name", "file_name"),
              ResultColumn.computed("score", ColumnType.DOUBLE.orNull())),
          "image_id",
          "file_name");

  @Test
  void aSlowPartitionKeepsItsTransaction() throws Exception {
    TestDatabase database = TestDatabase.create();
    SystemSchema.migrate(database.connector());
    database.execute(
        "CREATE TABLE images (image_id BIGINT, file_name VARCHAR(100))",
        "INSERT INTO images VALUES (1, 'a.jpg')",
        "CREATE TABLE slow (image_id BIGINT, file_name VARCHAR(100), score DOUBLE)");
    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      Selection.create(session, "slow", "SELECT * FROM images", LAYOUT.neededColumns());
      PartitionRecords.create(session, "slow", OWNER, List.of(new PartitionBounds(0, 1, 1)));
    }

    try (PartitionWriter writer =
        new PartitionWriter(
            database.connector(),
            "slow",
            0,
            new AttemptId(OWNER, 7),
            LAYOUT,
            new TableRows("slow", TableName.of("seeql_test", "slow"), LAYOUT),
            DatabaseSession::borrow,
            MAX_IDLE,
            KEEP_ALIVE_AFTER)) {
      for (int row = 0; row < MANY; row++) {
        writer.write(new SelectedRow(1, 1L, "a.jpg"), List.of(0.5f));
      }
      long end = System.nanoTime() + MAX_IDLE.plusSeconds(2).toNanos();
      while (System.nanoTime() < end) {
        writer.keepAlive();
        Thread.sleep(100);
      }
      assertThat(writer.commit(new PartitionCommit(1, 0, MANY, 0.5, "{}"))).isTrue();
    }

    assertThat(database.count("slow")).isEqualTo(MANY);
    assertThat(maxIdle(database)).isEqualTo(DatabaseSession.MAX_IDLE);
  }

  /** Of the connection that the next transaction uses. */
  private static Duration maxIdle(TestDatabase database) throws SQLException {
    try (DatabaseSession session = DatabaseSession.borrow(database.connector())) {
      return session
          .findFirst("SELECT @@SESSION.wait_timeout", row -> Duration.ofSeconds(row.getLong(1)))
          .orElseThrow();
    }
  }
}
