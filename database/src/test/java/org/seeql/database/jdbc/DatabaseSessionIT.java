package org.seeql.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.PreparedStatement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.database.embedded.TestDatabase;

class DatabaseSessionIT {
  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    database = TestDatabase.create();
  }

  @AfterAll
  static void stop() {
    DatabaseSession.closeIdle(database.connector());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\", "a\\`b", "\\``\\", "a?\\\\`'", "-- \\`/*", "\"\\`#"})
  void parametersAfterAnyNameAreBound(String name) throws Exception {
    String column = "`" + name.replace("`", "``") + "`";
    database.execute("DROP TABLE IF EXISTS seeql_test.named");
    database.execute("CREATE TABLE seeql_test.named (" + column + " INT, second INT)");
    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      try (PreparedStatement insert =
          session.prepare(
              "INSERT INTO seeql_test.named (" + column + ", second) VALUES (?, ?)", 1, 10)) {
        insert.addBatch();
        insert.setObject(1, 2);
        insert.addBatch();
        insert.executeBatch();
      }
      assertThat(
              session.query(
                  "SELECT second FROM seeql_test.named WHERE " + column + " > ? AND second = ?",
                  row -> row.getInt(1),
                  1,
                  10))
          .containsExactly(10);
    }
  }
}
