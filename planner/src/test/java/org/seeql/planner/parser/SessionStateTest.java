package org.seeql.planner.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionStateTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "CREATE TEMPORARY TABLE t (a INT) | 1 | creates a temporary table, which is dropped when its session ends",
        "SELECT 1; create or replace temporary table t (a INT) | 11 | creates a temporary table,"
            + " which is dropped when its session ends",
        "SET @a = 1; SELECT @A | 13 | reads @a, which the statement at line 1, column 1 sets in"
            + " another session",
        "SELECT n INTO @x, @a FROM t; DELETE FROM t WHERE n = @a | 30 | reads @a, which the"
            + " statement at line 1, column 1 sets in another session",
        "SELECT @a := 1; SELECT @a | 17 | reads @a, which the statement at line 1, column 1 sets"
            + " in another session",
        "SET SESSION time_zone = 'UTC'; SELECT 1 | 1 | sets a session variable, which later"
            + " statements do not see",
        "SET @@time_zone = 'UTC'; SELECT 1 | 1 | sets a session variable, which later statements do"
            + " not see",
        "SET sql_mode = '', time_zone = 'UTC'; SELECT 1 | 1 | sets a session variable, which later"
            + " statements do not see",
        "SET sql_mode = 'ANSI_QUOTES'; SET @a = 1; SELECT \"@\\\", @A | 43 | reads @a, which the"
            + " statement at line 1, column 31 sets in another session",
        "START TRANSACTION; DELETE FROM t; COMMIT | 1 | begins a transaction, which ends with its"
            + " session",
        "BEGIN; DELETE FROM t | 1 | begins a transaction, which ends with its session",
        "LOCK TABLES t WRITE; DELETE FROM t | 1 | locks tables, which are unlocked when its session ends",
        "FLUSH TABLES t WITH READ LOCK; DELETE FROM t | 1 | locks tables, which are unlocked"
            + " when its session ends",
        "XA START 'x'; DELETE FROM t | 1 | begins a transaction, which ends with its session",
        "HANDLER t OPEN; HANDLER t READ FIRST | 1 | opens a table handler, which is closed when"
            + " its session ends",
        "PREPARE s FROM 'SELECT 1'; EXECUTE s | 1 | prepares a statement, which later"
            + " statements do not see"
      })
  void tellsWhatIsLostBetweenSessions(String program, int column, String reason) {
    assertThat(SessionState.of(program))
        .singleElement()
        .satisfies(
            loss -> {
              assertThat(loss.reason()).isEqualTo(reason);
              assertThat(loss.position().column()).isEqualTo(column);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SELECT @r := @r + 1 FROM t, (SELECT @r := 0) i",
        "SET @a = 1",
        "SELECT 1; SET time_zone = 'UTC'",
        "SET SESSION sql_mode = ''; SELECT 1",
        "SET @@sql_mode = 'ANSI_QUOTES'; SELECT 1",
        "SET GLOBAL max_connections = 5; SELECT 1",
        "SET @@global.max_connections = 5; SELECT 1",
        "SET NAMES utf8mb4; SELECT 1",
        "SELECT '@a; CREATE TEMPORARY TABLE'; SELECT `@a`",
        "CREATE TABLE temporary (a INT); SELECT 1",
        "SELECT 1 -- SET @a = 1\n; SELECT 2 /* @a */",
        "SELECT @@version; SELECT @@version"
      })
  void leavesAloneWhatNeedsOneSessionOnly(String program) {
    assertThat(SessionState.of(program)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET sql_mode = ''",
        "SET SESSION sql_mode = 'ANSI_QUOTES'",
        "SET @@sql_mode = DEFAULT",
        "SET time_zone = 'UTC'",
        "SET @a = 1",
        "SELECT n INTO @a FROM t",
        "SELECT GET_LOCK('x', 1)",
        "CREATE TEMPORARY TABLE t (a INT)",
        "BEGIN",
        "XA BEGIN 'x'",
        "LOCK TABLES t READ",
        "FLUSH TABLES WITH READ LOCK",
        "flush local tables t, u with read lock",
        "FLUSH TABLES t FOR EXPORT",
        "HANDLER t OPEN AS h",
        "PREPARE s FROM 'SELECT 1'"
      })
  void knowsWhatIsLeftInASession(String sql) {
    assertThat(SessionState.isLeftBy(sql)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "USE demo",
        "SELECT 1",
        "SET GLOBAL sql_mode = ''",
        "SET NAMES utf8mb4",
        "FLUSH TABLES",
        "FLUSH PRIVILEGES",
        "XA RECOVER",
        "HANDLER t CLOSE",
        "INSERT INTO t VALUES ('SET sql_mode = 1')"
      })
  void knowsWhatLeavesNothingInASession(String sql) {
    assertThat(SessionState.isLeftBy(sql)).isFalse();
  }
}
