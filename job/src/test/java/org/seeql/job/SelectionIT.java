package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.Selection;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.job.fixture.RunFixture;
import org.seeql.planner.parser.ProgramParser;

/** How a run treats the user's SELECT and the session in which it runs. */
class SelectionIT {
  private static RunFixture fixture;
  private static TestDatabase database;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
  }

  @AfterEach
  void dropSelection() throws Exception {
    database.execute("DROP TABLE IF EXISTS seeql.selection_test");
  }

  /** Statements that cause warnings but no errors. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT image_id, file_name FROM images WHERE file_name = 0",
        "SELECT image_id, file_name, 1/0 AS nothing FROM images",
        "SELECT image_id, file_name FROM images WHERE CAST(CONCAT('12', file_name) AS SIGNED) = 12",
        "SELECT image_id, file_name, CAST(1e30 AS DECIMAL(5, 1)) AS large FROM images ORDER BY 1",
        "SELECT image_id, file_name FROM images WHERE STR_TO_DATE('x', '%Y') IS NULL"
      })
  void aSelectMeansWhatItMeansAlone(String select) throws Exception {
    List<String> alone = database.query(select + (select.contains("ORDER") ? "" : " ORDER BY 1"));

    StatementResult explained =
        fixture.execute("EXPLAIN " + RunFixture.detection(select, "selected_alone"));
    RunSummary run = fixture.detect(select, "selected_alone");

    assertThat(((StatementResult.Explanation) explained).document()).containsEntry("images", 24L);
    assertThat(run.images()).isEqualTo(alone.size()).isEqualTo(RunFixture.IMAGE_COUNT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION",
        "STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO",
        "TRADITIONAL",
        ""
      })
  void datesAreKeptAndTheSessionsSettingsToo(String mode) throws Exception {
    database.execute(
        "SET SESSION sql_mode = 'ALLOW_INVALID_DATES'",
        "DROP TABLE IF EXISTS odd_dates",
        "CREATE TABLE odd_dates (image_id INT PRIMARY KEY, file_name VARCHAR(9), d DATE, t DATETIME(6))",
        "INSERT INTO odd_dates VALUES (1, 'a', '0000-00-00', '0000-00-00 00:00:00'), (2, 'b', '2020-00-10', '2024-02-31 01:02:03.000004'), (3, 'c', NULL, '0001-01-01')");
    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      session.execute("SET SESSION sql_mode = '" + mode + "'");
      session.execute("SET SESSION auto_increment_increment = 3, auto_increment_offset = 2");
      String before = settings(session);

      Selection.create(
          session,
          "test",
          "SELECT * FROM odd_dates ORDER BY image_id",
          List.of("image_id", "file_name"));

      assertThat(settings(session)).isEqualTo(before);
    }
    assertThat(
            database.query(
                "SELECT CAST(d AS CHAR), CAST(t AS CHAR) FROM seeql.selection_test ORDER BY seeql_row"))
        .isEqualTo(
            database.query(
                "SELECT CAST(d AS CHAR), CAST(t AS CHAR) FROM odd_dates ORDER BY 1 + image_id"));
  }

  private static String settings(DatabaseSession session) throws SQLException {
    return session
            .findFirst(
                "SELECT CONCAT_WS(' ', @@SESSION.sql_mode, @@SESSION.max_error_count, @@SESSION.auto_increment_increment, @@SESSION.auto_increment_offset)",
                row -> row.getString(1))
            .orElseThrow()
        + session.connection().getTransactionIsolation();
  }

  @Test
  void othersMayWriteToTheTablesThatAreRead() throws Exception {
    database.execute(
        "DROP TABLE IF EXISTS busy",
        "CREATE TABLE busy (image_id INT PRIMARY KEY, file_name VARCHAR(9), n INT)",
        "INSERT INTO busy VALUES (1, 'a', 0), (2, 'b', 0)");
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Void> selecting =
        CompletableFuture.runAsync(
            () -> {
              try (DatabaseSession session = DatabaseSession.open(database.connector())) {
                Selection.create(
                    session,
                    "test",
                    "SELECT image_id, file_name, SLEEP(3) AS s FROM busy",
                    List.of("image_id", "file_name", "s"));
                over.set(true);
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    Awaitility.await()
        .until(
            () ->
                !database
                    .query(
                        "SELECT id FROM information_schema.processlist WHERE info LIKE 'CREATE TABLE%SLEEP(3)%' AND state LIKE '%sleep%'")
                    .isEmpty());

    database.execute(
        "SET SESSION innodb_lock_wait_timeout = 1",
        "UPDATE busy SET n = 1",
        "INSERT INTO busy VALUES (3, 'c', 1)");

    assertThat(over).isFalse();
    selecting.join();
    assertThat(database.count("seeql.selection_test")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"odd {'name", "odd {d 'x'}", "{call it}", "a;b -- c", "quote '\" end"})
  void namesMayHaveAnyCharacters(String name) throws Exception {
    String table = "`" + name + "`";
    database.execute(
        "DROP TABLE IF EXISTS " + table,
        "CREATE TABLE "
            + table
            + " AS SELECT image_id, file_name, 1 AS `{'n}` FROM images LIMIT 2");

    RunSummary run =
        fixture.detect(
            "SELECT image_id, file_name, `{'n}` FROM %s ORDER BY image_id".formatted(table),
            "odd_names",
            "--image_dir=" + RunFixture.IMAGES);

    assertThat(run.images()).isEqualTo(2);
  }

  @Test
  void rowsThatTheDatabaseCannotGiveAreARefusal() throws Exception {
    String statement =
        RunFixture.detection(
            "SELECT image_id, file_name FROM images WHERE (SELECT i.image_id FROM images AS i) > 0",
            "never");

    assertThatThrownBy(() -> fixture.execute(statement))
        .isInstanceOf(RefusalException.class)
        .hasMessageMatching(
            "The database cannot select the images of run \\S+: .*Subquery returns more than 1 row; correct the SELECT");
    assertThat(database.query("SHOW TABLES LIKE 'never'")).isEmpty();
  }

  @Test
  void explainRefusesWhatTheRunWouldRefuse() throws Exception {
    String wide =
        "SELECT image_id, file_name, "
            + "REPEAT(CONCAT(file_name, 'x'), 60) AS a, REPEAT(file_name, 60) AS b, ST_GeomFromText('POINT(1 1)') AS `"
            + "c".repeat(64)
            + "` , 1 AS `trailing ` FROM images ORDER BY 1";
    String statement = RunFixture.detection(wide, "never");

    Throwable run = catchThrowable(() -> fixture.execute(statement));
    Throwable explained = catchThrowable(() -> fixture.execute("EXPLAIN " + statement));

    assertThat(run).isInstanceOf(RefusalException.class).hasMessageContaining("column name");
    assertThat(explained).isInstanceOf(RefusalException.class).hasMessageContaining("column name");
  }

  @Test
  void explainWritesNoTableWithoutAPrimaryKey() throws Exception {
    List<String> setting =
        database.query(
            "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('sql_require_primary_key', 'innodb_force_primary_key')");
    assumeFalse(setting.isEmpty(), "the server takes tables without a key");
    String name = setting.get(0).split("\\|")[0];
    String statement =
        "EXPLAIN "
            + RunFixture.detection(
                "SELECT image_id, file_name, 1 AS seeql_row FROM images ORDER BY 1", "never");
    database.execute("SET GLOBAL %s = ON".formatted(name));
    try {
      assertThat(fixture.execute(statement)).isInstanceOf(StatementResult.Explanation.class);
    } finally {
      database.execute("SET GLOBAL %s = OFF".formatted(name));
    }
  }

  @Test
  void aLostSessionWithAnSqlModeIsARefusal() throws Exception {
    try (SeeqlSession session = fixture.session()) {
      RunFixture.run(session, "SET sql_mode='ANSI_QUOTES'; SELECT 1");
      kill(session);

      assertThatThrownBy(() -> RunFixture.run(session, "SELECT \"image_id\" FROM images"))
          .isInstanceOf(RefusalException.class)
          .hasMessageContaining("the state of its session since `SET sql_mode …` (");
    }
  }

  @Test
  void aSessionIsOpenedAgainInItsDatabaseOrNotAtAll() throws Exception {
    database.execute("DROP DATABASE IF EXISTS seeql_gone", "CREATE DATABASE seeql_gone");
    try (SeeqlSession session = fixture.session()) {
      RunFixture.run(session, "USE seeql_gone");
      kill(session);
      database.execute("DROP DATABASE seeql_gone");
      assertThatThrownBy(() -> RunFixture.run(session, "SELECT 1"))
          .isInstanceOf(RefusalException.class)
          .hasMessageContaining("Unknown database 'seeql_gone'");
      database.execute("CREATE DATABASE seeql_gone");

      assertThat(first(RunFixture.run(session, "SELECT DATABASE()"))).isEqualTo("seeql_gone");
    }
    database.execute("DROP DATABASE seeql_gone");
  }

  @Test
  void aLostSessionThatHeldSomethingIsARefusal() throws Exception {
    try (SeeqlSession session = fixture.session()) {
      RunFixture.run(session, "SET @wanted='a secret'; SELECT CONNECTION_ID()");
      kill(session);

      assertThatThrownBy(() -> RunFixture.run(session, "SELECT @wanted"))
          .isInstanceOf(RefusalException.class)
          .hasMessageMatching(
              "The connection to jdbc:mysql://\\S+ was lost, and so was the state of its session since `SET @wanted …` \\(variables, settings, temporary tables, an open transaction, locks\\); run the program again from its first statement");
      assertThat(first(RunFixture.run(session, "SELECT 1"))).isEqualTo("1");
    }
  }

  @Test
  void aLostSessionThatHeldNothingIsOpenedAgain() throws Exception {
    try (SeeqlSession session = fixture.session()) {
      RunFixture.run(session, "SELECT COUNT(*) FROM images");
      kill(session);

      assertThat(first(RunFixture.run(session, "SELECT DATABASE()"))).isEqualTo("seeql_test");
    }
  }

  private static void kill(SeeqlSession session) throws Exception {
    String id =
        first(session.execute(ProgramParser.parse("SELECT CONNECTION_ID()").statements().get(0)));
    database.execute("KILL " + id);
  }

  private static String first(StatementResult result) {
    try (StatementResult.Rows rows = (StatementResult.Rows) result) {
      return String.valueOf(rows.rows().next().get(0));
    }
  }

  @Test
  void everyTableHasAPrimaryKey() throws Exception {
    fixture.detect("SELECT * FROM images", "with_key");
    fixture.execute(
        "SELECT * FROM images TO PREDICT with_keys.kind USING places;"
            + RunFixture.detection("SELECT * FROM images", "with_key_wide", "--result=wide"));

    assertThat(
            database.query(
                "SELECT t.table_schema, t.table_name FROM information_schema.tables AS t WHERE t.table_type = 'BASE TABLE' AND (t.table_schema = 'seeql' OR t.table_comment LIKE 'SeeQL run %') AND NOT EXISTS (SELECT 1 FROM information_schema.table_constraints AS c WHERE c.table_schema = t.table_schema AND c.table_name = t.table_name AND c.constraint_type = 'PRIMARY KEY')"))
        .isEmpty();
    assertThat(database.query("SELECT * FROM with_key LIMIT 1").get(0).split("\\|"))
        .hasSizeGreaterThanOrEqualTo(11);
  }
}
