package org.seeql.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.seeql.database.embedded.TestDatabase;

class ConnectionPoolIT {
  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    database = TestDatabase.create();
    database.execute("CREATE TABLE seeql_test.notes (day DATE NOT NULL)");
  }

  @AfterAll
  static void stop() {
    DatabaseSession.closeIdle(database.connector());
  }

  private static long id(DatabaseSession session) throws SQLException {
    return session.findFirst("SELECT CONNECTION_ID()", row -> row.getLong(1)).orElseThrow();
  }

  private static long idOfNext() throws SQLException {
    try (DatabaseSession session = DatabaseSession.borrow(database.connector())) {
      return id(session);
    }
  }

  @Test
  void aReturnedConnectionIsUsedAgain() throws Exception {
    assertThat(idOfNext()).isEqualTo(idOfNext());
  }

  @Test
  void concurrentSessionsHaveConnectionsOfTheirOwn() throws Exception {
    try (DatabaseSession one = DatabaseSession.borrow(database.connector());
        DatabaseSession other = DatabaseSession.borrow(database.connector());
        DatabaseSession reader = DatabaseSession.borrowForReading(database.connector())) {
      assertThat(List.of(id(one), id(other), id(reader))).doesNotHaveDuplicates();
    }
  }

  @Test
  void aSessionThatIsClosedTwiceReturnsItsConnectionOnce() throws Exception {
    DatabaseSession twice = DatabaseSession.borrow(database.connector());
    twice.close();
    try (DatabaseSession next = DatabaseSession.borrow(database.connector())) {
      twice.close();

      assertThat(idOfNext()).isNotEqualTo(id(next));
    }
  }

  @Test
  void anOpenTransactionIsRolledBack() throws Exception {
    long first;
    try (DatabaseSession session = DatabaseSession.borrow(database.connector())) {
      first = id(session);
      session.connection().setAutoCommit(false);
      session.execute("INSERT INTO seeql_test.notes VALUES ('2026-01-01')");
    }

    try (DatabaseSession session = DatabaseSession.borrow(database.connector())) {
      assertThat(id(session)).isEqualTo(first);
      assertThat(session.connection().getAutoCommit()).isTrue();
    }
    assertThat(database.query("SELECT * FROM notes WHERE day = '2026-01-01'")).isEmpty();
  }

  @Test
  void zeroDatesCanBeWritten() throws Exception {
    String url = database.connector().url();
    DatabaseConnector strict =
        new DatabaseConnector(
            url + (url.contains("?") ? "&" : "?") + "sessionVariables=sql_mode='TRADITIONAL'",
            database.connector().user(),
            database.connector().credentials());
    try (DatabaseSession session = DatabaseSession.borrow(strict)) {
      session.execute("INSERT INTO seeql_test.notes VALUES ('0000-00-00')");
    }
    DatabaseSession.closeIdle(strict);

    assertThat(database.query("SELECT COUNT(*) FROM notes WHERE day = 0")).containsExactly("1");
  }

  @Test
  void aConnectionThatTheServerEndedIsReplaced() throws Exception {
    long lost = idOfNext();
    database.execute("KILL " + lost);

    assertThat(idOfNext()).isNotEqualTo(lost);
  }

  @Test
  void aLostConnectionEndsTheOtherIdleConnections() throws Exception {
    long other;
    long lost;
    try (DatabaseSession first = DatabaseSession.borrow(database.connector());
        DatabaseSession second = DatabaseSession.borrow(database.connector())) {
      lost = id(first);
      other = id(second);
    }
    // The connection that was returned last is borrowed first.
    assertThat(idOfNext()).isEqualTo(lost);
    database.execute("KILL " + lost);

    assertThat(idOfNext()).isNotIn(lost, other);
  }

  @Test
  void fewConnectionsStayIdle() throws Exception {
    Set<Long> before = idsOfConcurrent(6);

    Set<Long> after = idsOfConcurrent(6);

    after.retainAll(before);
    assertThat(after).hasSize(2);
  }

  private static Set<Long> idsOfConcurrent(int sessions) throws SQLException {
    if (sessions == 0) {
      return new HashSet<>();
    }
    try (DatabaseSession session = DatabaseSession.borrow(database.connector())) {
      Set<Long> ids = idsOfConcurrent(sessions - 1);
      ids.add(id(session));
      return ids;
    }
  }

  @Test
  void theServerEndsATransactionBeforeOthersStopWaitingForItsLocks() throws Exception {
    try (DatabaseSession session = DatabaseSession.borrow(database.connector())) {
      assertThat(
              session.query(
                  "SELECT @@SESSION.wait_timeout, @@SESSION.wait_timeout <"
                      + " @@SESSION.innodb_lock_wait_timeout",
                  row -> List.of(row.getLong(1), row.getBoolean(2))))
          .containsExactly(List.of(DatabaseSession.MAX_IDLE.toSeconds(), true));
    }
  }

  @Test
  void idleConnectionsCanBeClosed() throws Exception {
    long closed = idOfNext();

    DatabaseSession.closeIdle(database.connector());

    assertThat(idOfNext()).isNotEqualTo(closed);
  }

  @Test
  void aServerThatDoesNotAnswerIsReportedByTheDriversError() {
    DatabaseConnector nobody =
        new DatabaseConnector("jdbc:mysql://127.0.0.1:9/seeql_test", "root", "");

    SQLException refused =
        catchThrowableOfType(SQLException.class, () -> DatabaseSession.borrow(nobody));

    assertThat(DatabaseErrors.isConnectionLost(refused)).isTrue();
  }
}
