package org.seeql.database.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.planner.statement.TableName;

/** Connections whose transaction failed, possibly because the server has become read-only. */
class FailedTransactionIT {
  private static final TableName MISSING = TableName.of("seeql_test", "missing");
  private static final ResultLayout LAYOUT =
      new ResultLayout(
          ResultLayout.Shape.DETECTION,
          List.of(ResultColumn.computed("score", ColumnType.DOUBLE.orNull())),
          "image_id",
          "file_name");

  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    database = TestDatabase.create();
    SystemSchema.migrate(database.connector());
  }

  @AfterAll
  static void stop() {
    DatabaseSession.closeIdle(database.connector());
  }

  private static long idOfNext() throws SQLException {
    try (DatabaseSession session = DatabaseSession.borrow(database.connector())) {
      return session.findFirst("SELECT CONNECTION_ID()", row -> row.getLong(1)).orElseThrow();
    }
  }

  @Test
  void aPartitionThatFailsEndsItsConnection() throws Exception {
    long used = idOfNext();

    try (PartitionWriter writer =
        new PartitionWriter(
            database.connector(),
            "run",
            0,
            new AttemptId(1, 7),
            LAYOUT,
            new TableRows("run", MISSING, LAYOUT))) {
      writer.write(new SelectedRow(1, 1L, "a.jpg"), List.of(0.5f));
      assertThatThrownBy(() -> writer.commit(new PartitionCommit(1, 0, 1, 0.5, "{}")))
          .isInstanceOf(SQLException.class);
    }

    assertThat(idOfNext()).isNotEqualTo(used);
  }

  @Test
  void aTargetThatIsNotDecidedEndsItsConnection() throws Exception {
    long used = idOfNext();

    TargetTransaction.take(database.connector(), "run", Optional.of(MISSING)).close();

    assertThat(idOfNext()).isNotEqualTo(used);
  }

  @Test
  void aTargetThatIsDecidedReturnsItsConnection() throws Exception {
    long used = idOfNext();

    try (TargetTransaction transaction =
        TargetTransaction.take(database.connector(), "run", Optional.of(MISSING))) {
      transaction.commit();
    }

    assertThat(idOfNext()).isEqualTo(used);
  }
}
