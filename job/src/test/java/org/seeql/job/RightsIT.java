package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.job.fixture.RunFixture;
import org.seeql.planner.plan.PlanningException;

class RightsIT {
  private static final String USER = "'night'@'%'";
  private static final String START = "Cannot run the statement at line 1, column 1: ";
  private static final String SYSTEM_RIGHTS =
      "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP ON `seeql`.*";
  private static RunFixture fixture;
  private static TestDatabase database;

  @TempDir private static Path cache;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
    database.execute("CREATE DATABASE rights_db", "CREATE DATABASE rightsxdb");
  }

  @AfterAll
  static void drop() throws Exception {
    database.execute("DROP DATABASE rights_db", "DROP DATABASE rightsxdb");
  }

  @BeforeEach
  void makeUser() throws Exception {
    database.execute(
        "DROP USER IF EXISTS " + USER,
        "CREATE USER " + USER + " IDENTIFIED BY 'a password'",
        "DROP TABLE IF EXISTS rights_db.found",
        "GRANT SELECT ON seeql_test.images TO " + USER);
  }

  @AfterEach
  void leaveNoTable() throws Exception {
    database.execute("DROP USER " + USER);
    assertThat(
            database.query(
                "SELECT CONCAT(table_schema, '.', table_name) FROM information_schema.tables WHERE table_name LIKE 'seeql\\_staging%' AND table_schema LIKE 'rights%' OR table_name LIKE 'seeql\\_probe%' OR table_name LIKE 'selection\\_rights%'"))
        .isEmpty();
  }

  @Test
  void saysAllPrivilegesThatAreMissingBeforeAnythingRuns() throws Exception {
    long runs = database.count("seeql.runs");
    grant(SYSTEM_RIGHTS);
    grant("SELECT ON rights_db.*");

    assertRefused(
        () -> run("rights_db.found"),
        "User 'night'@'%' lacks INSERT, CREATE, ALTER, DROP on the database 'rights_db' of the target rights_db.found: GRANT INSERT, CREATE, ALTER, DROP ON `rights\\_db`.* TO 'night'@'%'");

    assertThat(database.count("seeql.runs")).isEqualTo(runs);
  }

  @ParameterizedTest
  @CsvSource({"INSERT", "CREATE", "ALTER", "DROP", "SELECT"})
  void namesTheOnePrivilegeThatIsMissing(String missing) throws Exception {
    grant(SYSTEM_RIGHTS);
    String others = "SELECT, INSERT, CREATE, ALTER, DROP".replaceFirst(missing + "(, )?", "");
    grant(others.replaceFirst(", $", "") + " ON rights_db.*");

    assertRefused(
        () -> run("rights_db.found"),
        "User 'night'@'%%' lacks %1$s on the database 'rights_db' of the target rights_db.found: GRANT %1$s ON `rights\\_db`.* TO 'night'@'%%'"
            .formatted(missing));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT, INSERT, CREATE, ALTER, DROP ON rights_db.*",
        "SELECT, INSERT, CREATE, ALTER, DROP ON `rights\\_db`.*",
        "SELECT, INSERT, CREATE, ALTER, DROP ON `rights%`.*",
        "ALL PRIVILEGES ON `rights_db`.*",
        "SELECT, INSERT, CREATE, ALTER, DROP ON *.*"
      })
  void theGrantMayBeAPatternOrGlobal(String privileges) throws Exception {
    grant(SYSTEM_RIGHTS);
    grant(privileges);

    RunSummary run = run("rights_db.found");

    assertThat(run.target().orElseThrow()).hasToString("rights_db.found");
    assertThat(run("rights_db.found").rows()).isEqualTo(run.rows());
  }

  @Test
  void aDefaultRoleGivesItsPrivileges() throws Exception {
    database.execute("DROP ROLE IF EXISTS rights_writer", "CREATE ROLE rights_writer");
    try {
      database.execute(
          "GRANT " + SYSTEM_RIGHTS + " TO rights_writer",
          "GRANT SELECT, INSERT, CREATE, ALTER, DROP ON rights_db.* TO rights_writer",
          "GRANT rights_writer TO " + USER);
      assertThatThrownBy(() -> run("rights_db.found"))
          .hasMessageContaining("GRANT ALL PRIVILEGES ON `seeql`.* TO 'night'@'%'");

      setDefaultRole();

      assertThat(run("rights_db.found").images()).isEqualTo(2);
    } finally {
      database.execute("DROP ROLE rights_writer");
    }
  }

  private static void setDefaultRole() throws Exception {
    boolean mariaDb = database.query("SELECT VERSION()").get(0).contains("MariaDB");
    database.execute("SET DEFAULT ROLE rights_writer " + (mariaDb ? "FOR " : "TO ") + USER);
  }

  @Test
  void appendingNeedsLess() throws Exception {
    fixture.detect("SELECT * FROM images LIMIT 1", "rights_db.found");
    grant(SYSTEM_RIGHTS);
    grant("SELECT ON rights_db.found");

    assertRefused(
        () -> run("rights_db.found", "--mode=append"),
        "User 'night'@'%' lacks INSERT on the table rights_db.found: GRANT INSERT ON `rights_db`.`found` TO 'night'@'%'");
    grant("INSERT (run_id) ON rights_db.found");
    assertThatThrownBy(() -> run("rights_db.found", "--mode=append"))
        .hasMessageContaining("lacks INSERT on the table rights_db.found");

    grant("INSERT ON rights_db.found");
    assertThat(run("rights_db.found", "--mode=append").images()).isEqualTo(2);
  }

  @Test
  void appendingMayMakeTheTable() throws Exception {
    grant(SYSTEM_RIGHTS);
    grant("CREATE ON rights_db.found");

    assertRefused(
        () -> run("rights_db.found", "--mode=append"),
        "User 'night'@'%' lacks SELECT, INSERT on the table rights_db.found: GRANT SELECT, INSERT, CREATE ON `rights_db`.`found` TO 'night'@'%'");

    grant("SELECT, INSERT, CREATE ON rights_db.found");
    assertThat(run("rights_db.found", "--mode=append").images()).isEqualTo(2);
  }

  @Test
  void onlyNewNeedsATemporaryTable() throws Exception {
    grant(SYSTEM_RIGHTS);
    grant("ALL PRIVILEGES ON rights_db.*");

    assertRefused(
        () -> run("rights_db.found", "--mode=append", "--only_new"),
        "User 'night'@'%' lacks CREATE TEMPORARY TABLES on the database 'seeql', where SeeQL keeps its own tables: GRANT CREATE TEMPORARY TABLES ON `seeql`.* TO 'night'@'%'");

    grant("CREATE TEMPORARY TABLES ON seeql.*");
    assertThat(run("rights_db.found", "--mode=append", "--only_new").images()).isEqualTo(2);
  }

  @Test
  void namesWhatIsMissingOnItsOwnTablesAlsoWithoutATarget() throws Exception {
    grant("SELECT, INSERT ON seeql.*");

    assertThatThrownBy(
            () ->
                execute(
                    "SELECT * FROM seeql_test.images LIMIT 2 TO RUN x CMD 'detect', '--model=scout', '--image_dir=images/show'"))
        .isInstanceOf(PlanningException.class)
        .hasMessage(
            START
                + "User 'night'@'%' lacks UPDATE, DELETE, CREATE, DROP on the database 'seeql', where SeeQL keeps its own tables: GRANT UPDATE, DELETE, CREATE, DROP ON `seeql`.* TO 'night'@'%'");
  }

  @Test
  void explainRefusesTheSame() throws Exception {
    grant(SYSTEM_RIGHTS);
    grant("SELECT, INSERT, CREATE, ALTER ON rights_db.*");

    assertThatThrownBy(() -> execute("EXPLAIN " + statement("rights_db.found")))
        .hasMessageContaining("lacks DROP on the database 'rights_db'");
  }

  @Test
  void aDatabaseThatMayNotBeSeenIsNotCalledUnknown() throws Exception {
    grant(SYSTEM_RIGHTS);

    assertRefused(
        () -> run("rights_db.found"),
        "Cannot write the target rights_db.found. The database 'rights_db' does not exist, or user 'night'@'%' has no rights on it");
    assertThatThrownBy(
            () ->
                execute(
                    "SELECT * FROM rights_db.images TO RUN x CMD 'detect', '--model=scout', '--image_dir=images/show'"))
        .hasMessageEndingWith(
            ". The database 'rights_db' does not exist, or user 'night'@'%' has no rights on it");
    assertThatThrownBy(
            () ->
                execute(
                    "SELECT * FROM seeql_test.precious TO RUN x CMD 'detect', '--model=scout', '--image_dir=images/show'"))
        .hasMessageEndingWith(
            ". The table seeql_test.precious does not exist, or user 'night'@'%' may not read it: GRANT SELECT ON `seeql_test`.`precious` TO 'night'@'%'");
  }

  @Test
  void aRunThatTheDatabaseRefusesLeavesNoTables() throws Exception {
    grant(SYSTEM_RIGHTS);
    grant("SELECT, INSERT, CREATE, ALTER, DROP ON rights_db.*");
    RunListener revoking =
        new RunListener() {
          @Override
          public void started(String runId) {
            try {
              database.execute("REVOKE INSERT ON rights_db.* FROM " + USER);
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          }
        };

    try (SeeqlSession session = RunFixture.session(connector(), cache, Map.of(), revoking)) {
      assertThatThrownBy(() -> RunFixture.run(session, statement("rights_db.found")))
          .isInstanceOf(RunFailedException.class)
          .hasMessageContaining(" failed: the database refuses: INSERT command denied to user ")
          .hasMessageEndingWith(
              ". Nothing is committed, and the tables of the run are dropped; run the statement again");
    }
    List<String> left =
        database.query(
            "SELECT COUNT(*) FROM information_schema.tables WHERE table_name LIKE CONCAT('%', (SELECT run_id FROM seeql.runs ORDER BY started DESC LIMIT 1))");
    assertThat(left).containsExactly("0");
  }

  private static void grant(String privileges) throws Exception {
    database.execute("GRANT " + privileges + " TO " + USER);
  }

  private static void assertRefused(ThrowingCallable run, String problem) {
    assertThatThrownBy(run).isInstanceOf(PlanningException.class).hasMessage(START + problem);
  }

  private static String statement(String into, String... arguments) {
    return RunFixture.detection(
        "SELECT * FROM seeql_test.images LIMIT 2",
        into,
        Stream.concat(Stream.of("--image_dir=images/show"), Arrays.stream(arguments))
            .toArray(String[]::new));
  }

  private static RunSummary run(String into, String... arguments) {
    return (RunSummary) execute(statement(into, arguments));
  }

  private static StatementResult execute(String program) {
    try (SeeqlSession session =
        RunFixture.session(connector(), cache, Map.of(), RunListener.NONE)) {
      return RunFixture.run(session, program);
    }
  }

  private static DatabaseConnector connector() {
    return new DatabaseConnector(
        database.connector().url().replaceFirst("/seeql_test", "/"), "night", "a password");
  }
}
