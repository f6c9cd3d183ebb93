package org.seeql.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseErrorsTest {
  private static final DatabaseConnector CONNECTOR =
      new DatabaseConnector("jdbc:mysql://host/db", "me", "hidden");

  static Stream<Arguments> reasons() {
    return Stream.of(
        Arguments.of(
            lost("Communications link failure", new ConnectException("Connection refused")),
            "no server answers at this address; check the address, and whether the server runs"),
        Arguments.of(
            lost("Communications link failure", new SSLHandshakeException("no common protocol")),
            "no common protocol"),
        Arguments.of(
            lost("Public Key Retrieval is not allowed", null),
            "Public Key Retrieval is not allowed"),
        Arguments.of(
            new SQLNonTransientConnectionException("Too many connections", "08004", 1040),
            "Too many connections"));
  }

  private static SQLException lost(String message, Throwable cause) {
    return new SQLNonTransientConnectionException(message, "08001", cause);
  }

  @ParameterizedTest
  @MethodSource("reasons")
  void reportsWhyThereIsNoConnection(SQLException error, String reason) {
    assertThat(DatabaseErrors.cannotConnect(CONNECTOR, error))
        .hasMessage("Cannot connect to jdbc:mysql://host/db as 'me': " + reason);
  }

  @ParameterizedTest
  @ValueSource(ints = {1021, 1114, 1290, 1317, 1836, 1969, 3024})
  void theStateOfTheServerIsNotAnErrorOfTheStatement(int code) {
    assertThat(DatabaseErrors.isOfServer(new SQLException("of the server", "HY000", code)))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1054, 1064, 1142, 1365})
  void anErrorOfTheStatementIsNotOfTheServer(int code) {
    assertThat(DatabaseErrors.isOfServer(new SQLException("of the statement", "42000", code)))
        .isFalse();
  }

  @Test
  void retriesATransactionThatConflictedWithAnother() {
    assertThat(DatabaseErrors.isRetryable(new SQLException("Deadlock", "40001", 1213))).isTrue();
    assertThat(DatabaseErrors.isRetryable(new SQLException("Duplicate", "23000", 1062))).isFalse();
  }

  @Test
  void aConflictDoesNotAffectLaterStatements() {
    assertThat(DatabaseErrors.isConflict(new SQLException("Lock timeout", "HY000", 1205))).isTrue();
    assertThat(DatabaseErrors.isConflict(new SQLException("Deadlock", "40001", 1213))).isTrue();
    assertThat(DatabaseErrors.isConflict(new SQLException("Duplicate", "23000", 1062))).isTrue();
    assertThat(DatabaseErrors.isConflict(new SQLException("Read-only", "HY000", 1290))).isFalse();
    assertThat(DatabaseErrors.isConflict(new SQLException("No reason"))).isFalse();
  }
}
