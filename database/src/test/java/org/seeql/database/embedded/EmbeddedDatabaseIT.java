package org.seeql.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.database.jdbc.DatabaseConnector;

class EmbeddedDatabaseIT {

  /** For the tests that only look at a server that runs. */
  @TempDir private static Path parent;

  private static Path shared;
  private static EmbeddedDatabase running;

  @TempDir Path directory;

  @BeforeAll
  static void startInADirectoryWithASpaceInItsName() {
    shared = parent.resolve("with space");
    running = EmbeddedDatabase.start(shared);
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void keepsItsTemporaryTablesToItself() throws Exception {
    assertThat(query(running.connector(), "SELECT @@tmpdir"))
        .containsExactly(shared.toRealPath().resolve("temporary").toString());
  }

  @Test
  void keepsItsDataFromOneUseToTheNext() throws SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      execute(database.connector(), "CREATE TABLE t (name VARCHAR(20))");
      execute(database.connector(), "INSERT INTO t VALUES ('Grüße 🐕')");
    }

    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      assertThat(query(database.connector(), "SELECT name FROM main.t"))
          .containsExactly("Grüße 🐕");
    }
  }

  @Test
  void startsInADirectoryWithASpaceInItsName() throws SQLException {
    assertThat(query(running.connector(), "SELECT 1")).containsExactly("1");
  }

  @Test
  void acceptsOnlyItsOwnAccount() throws SQLException, IOException {
    DatabaseConnector connector = running.connector();

    assertThatThrownBy(() -> DriverManager.getConnection(connector.url(), "root", ""))
        .hasMessageContaining("Access denied");
    assertThatThrownBy(() -> DriverManager.getConnection(connector.url(), "seeql", "guess"))
        .hasMessageContaining("Access denied");
    assertThat(query(connector, "SELECT User FROM mysql.user ORDER BY 1"))
        .containsExactly("mariadb.sys", "seeql");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(shared.resolve("password"))))
        .isEqualTo("rw-------");
    assertThat(connector.toString()).doesNotContain(connector.password());
  }

  @Test
  void listensOnTheLoopbackInterfaceOnly() throws SQLException {
    assertThat(query(running.connector(), "SELECT @@bind_address")).containsExactly("127.0.0.1");
    assertThat(query(running.connector(), "SELECT CONCAT('[', @@socket, ']')"))
        .containsExactly("[]");
  }

  @Test
  void isSharedByCallersOfOneProcess() throws SQLException {
    EmbeddedDatabase first = EmbeddedDatabase.start(directory);
    try (EmbeddedDatabase second = EmbeddedDatabase.start(directory)) {
      assertThat(second.connector()).isEqualTo(first.connector());

      first.close();
      first.close();

      assertThat(query(second.connector(), "SELECT 1")).containsExactly("1");
    }
    assertThatThrownBy(() -> first.connector().open()).isInstanceOf(SQLException.class);
  }

  @Test
  void isSharedWithAnotherProcessAndOutlivesTheProcessThatStartedIt() throws Exception {
    try (EmbeddedDatabaseProcess other = EmbeddedDatabaseProcess.start(directory)) {
      EmbeddedDatabase database = EmbeddedDatabase.start(directory);
      try (database) {
        assertThat(database.connector().url()).isEqualTo(other.url());

        other.stop();

        assertThat(query(database.connector(), "SELECT 1")).containsExactly("1");
      }
      assertThatThrownBy(() -> database.connector().open()).isInstanceOf(SQLException.class);
      assertThat(directory.resolve("server.properties")).doesNotExist();
    }
  }

  @Test
  void takesOverTheServerOfAProcessThatWasKilled() throws Exception {
    try (EmbeddedDatabaseProcess other = EmbeddedDatabaseProcess.start(directory)) {
      other.kill();

      EmbeddedDatabase database = EmbeddedDatabase.start(directory);
      try (database) {
        assertThat(database.connector().url()).isEqualTo(other.url());
        assertThat(query(database.connector(), "SELECT 1")).containsExactly("1");
      }
      assertThatThrownBy(() -> database.connector().open()).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void recoversCommittedRowsAfterTheServerWasKilled() throws Exception {
    try (EmbeddedDatabaseProcess other = EmbeddedDatabaseProcess.start(directory)) {
      try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
        execute(database.connector(), "CREATE TABLE t (n INT)");
        execute(database.connector(), "INSERT INTO t VALUES (1), (2), (3)");
      }
      other.kill();
      ProcessHandle server =
          ServerRecord.find(directory.resolve("server.properties"))
              .flatMap(r -> ProcessHandle.of(r.pid()))
              .orElseThrow();
      server.destroyForcibly();
      server.onExit().get();

      try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
        assertThat(query(database.connector(), "SELECT SUM(n) FROM t")).containsExactly("6");
      }
    }
  }

  @Test
  void doesNotConfuseAnotherProcessWithItsServer() throws Exception {
    Process innocent = new ProcessBuilder("sleep", "600").start();
    try {
      new ServerRecord(innocent.pid(), 1).save(directory.resolve("server.properties"));

      try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
        assertThat(query(database.connector(), "SELECT 1")).containsExactly("1");
      }

      assertThat(innocent.isAlive()).isTrue();
    } finally {
      innocent.destroy();
    }
  }

  @Test
  void recreatesTheSystemTablesAfterAnInterruption() throws Exception {
    Files.createDirectories(directory.resolve("mysql.unfinished/mysql"));
    Files.writeString(directory.resolve("mysql.unfinished/ibdata1"), "half");

    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      assertThat(query(database.connector(), "SELECT 1")).containsExactly("1");
    }
  }

  @Test
  void reportsThatAnotherServerUsesTheFiles() throws Exception {
    Path real = directory.toRealPath();
    EmbeddedDatabase first = EmbeddedDatabase.start(directory);
    try (first) {
      // as from another container, which sees neither the process nor its lock
      Files.delete(directory.resolve("server.properties"));
      DataDirectory files = DataDirectory.open(directory);

      assertThatThrownBy(() -> Server.start(files, ServerBinaries.load(), "main"))
          .isInstanceOf(EmbeddedDatabaseException.class)
          .hasMessage(
              "Cannot start the embedded database in "
                  + real
                  + ": another MariaDB server uses its files, possibly in a container or on"
                  + " another machine; stop that server, or choose another data directory");
    }
  }

  @Test
  void refusesAFileAsItsDirectory() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> EmbeddedDatabase.start(file))
        .isInstanceOf(EmbeddedDatabaseException.class)
        .hasMessage("Cannot store a database in " + file + ": it is a file, not a directory");
  }

  private static void execute(DatabaseConnector connector, String sql) throws SQLException {
    try (Connection connection = connector.open();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<String> query(DatabaseConnector connector, String sql) throws SQLException {
    try (Connection connection = connector.open();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }
}
