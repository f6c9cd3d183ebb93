package org.seeql.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseConnectorTest {
  @Test
  void neverShowsItsPassword() {
    DatabaseConnector connector =
        new DatabaseConnector("jdbc:mysql://host:1/db?sslMode=DISABLED", "me", "hidden");

    assertThat(connector).hasToString("jdbc:mysql://host:1/db as me");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://host/db?user=a&Password=b",
        "jdbc:mysql://host/db?password2=b",
        "jdbc:mysql://a:b@host/db",
        "mysql://a:b@host/db"
      })
  void refusesAPasswordInTheUrl(String url) {
    assertThatThrownBy(() -> new DatabaseConnector(url, "me", "b"))
        .hasMessage("url contains a password, which logs would show; set the password separately")
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keepsTheUsersOwnSettings() {
    DatabaseConnector connector =
        new DatabaseConnector("jdbc:mysql://host/db?connectTimeout=1", "me", "x");

    assertThat(connector.properties()).doesNotContainKey("connectTimeout");
    assertThat(connector.properties()).containsEntry("rewriteBatchedStatements", "true");
  }
}
