package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.UnreadableRowsException;
import org.seeql.job.fixture.RunFixture;

/** Values of a query have the text form of the server. */
class QueryValuesIT {
  private static RunFixture fixture;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
  }

  private static List<List<Object>> rows(String program) {
    try (SeeqlSession session = fixture.session();
        StatementResult.Rows result =
            (StatementResult.Rows)
                RunFixture.run(session, "SET SESSION sql_mode = ''; " + program)) {
      List<List<Object>> rows = new ArrayList<>();
      result.rows().forEachRemaining(rows::add);
      return rows;
    }
  }

  private static String text(Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : String.valueOf(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "DATE                | '0000-00-00'                  | 0000-00-00",
        "DATE                | '2024-02-00'                  | 2024-02-00",
        "DATE                | '0001-01-01'                  | 0001-01-01",
        "DATETIME            | '0000-00-00 00:00:00'         | 0000-00-00 00:00:00",
        "DATETIME            | '2024-00-15 10:00:00'         | 2024-00-15 10:00:00",
        "DATETIME            | '1066-10-14 09:00:00'         | 1066-10-14 09:00:00",
        "DATETIME            | '1582-10-10 00:00:00'         | 1582-10-10 00:00:00",
        "DATETIME(6)         | '2026-11-22 08:05:00.000120'  | 2026-11-22 08:05:00.000120",
        "TIMESTAMP(3) NULL   | '2026-11-22 08:05:00.12'      | 2026-11-22 08:05:00.120",
        "TIMESTAMP NULL      | '0000-00-00 00:00:00'         | 0000-00-00 00:00:00",
        "TIME(3)             | '-00:30:00'                   | -00:30:00.000",
        "TIME(3)             | '02:30:00.5'                  | 02:30:00.500",
        "TIME                | '25:30:00'                    | 25:30:00",
        "TIME(6)             | '-838:59:59'                  | -838:59:59.000000",
        "TIME                | '838:59:59'                   | 838:59:59",
        "YEAR                | 0                             | 0000",
        "YEAR                | 2026                          | 2026",
        "BIT(1)              | b'1'                          | 01",
        "BIT(17)             | b'10000000000000001'          | 010001",
        "TINYINT(1)          | 2                             | 2",
        "INT(5) ZEROFILL     | 42                            | 00042",
        "BIGINT UNSIGNED     | 18446744073709551615          | 18446744073709551615",
        "BIGINT              | -9223372036854775808          | -9223372036854775808",
        "DECIMAL(5,2)        | 1.1                           | 1.10",
        "DECIMAL(65,30)      | 1e-30                         | 0.000000000000000000000000000001",
        "FLOAT               | 0.1                           | 0.1",
        "FLOAT               | 16777216                      | 16777200",
        "DOUBLE              | 1                             | 1",
        "DOUBLE              | 1e300                         | 1e300",
        "JSON                | '{\"a\": 1.0}'                | {\"a\": 1.0}",
        "BINARY(3)           | 'a'                           | 610000",
        "VARBINARY(3)        | X'FF00'                       | ff00",
        "BLOB                | 'ab'                          | 6162",
        "CHAR(4)             | 'né  '                        | né",
        "VARCHAR(9) CHARACTER SET latin1 | 'né'              | né",
        "TEXT                | '🐕'                          | 🐕",
        "ENUM('a','b')       | 'b'                           | b",
        "SET('a','b')        | 'a,b'                         | a,b",
        "POINT               | ST_GeomFromText('POINT(1 2)') | 000000000101000000000000000000f03f0000000000000040"
      })
  void isTheTextOfTheServer(String type, String literal, String expected) {
    String program =
        "CREATE TEMPORARY TABLE v (v %s); INSERT INTO v VALUES (%s); SELECT v, v FROM v"
            .formatted(type, literal);

    assertThat(rows(program))
        .singleElement()
        .satisfies(
            row ->
                assertThat(row)
                    .extracting(QueryValuesIT::text)
                    .containsExactly(expected, expected));
  }

  @Test
  void writesWhatIsComputedAsTheServerDoes() {
    List<Object> row =
        rows("SELECT TIMEDIFF('2024-01-01 10:00:00', '2024-01-01 10:30:00'),"
                + " SEC_TO_TIME(100000), 1/3, 1e0/3, NULL, TRUE, NOW() = NOW(), 0xFF, _utf8mb4'é'")
            .get(0);

    assertThat(row)
        .extracting(QueryValuesIT::text)
        .containsExactly(
            "-00:30:00", "27:46:40", "0.3333", "0.3333333333333333", "null", "1", "1", "ff", "é");
  }

  @Test
  void keepsIntegersAndDecimalsAsNumbersOfJava() {
    assertThat(rows("SELECT 1, CAST(18446744073709551615 AS UNSIGNED), 1.50, 1e0").toString())
        .isEqualTo("[[1, 18446744073709551615, 1.50, 1]]");
    assertThat(rows("SELECT 1, 1.50, 1e0").get(0)).allMatch(value -> value instanceof Number);
  }

  @Test
  void aLostConnectionIsAFailureThatSaysHowManyRowsWereRead() throws Exception {
    try (SeeqlSession session = fixture.session();
        StatementResult.Rows result =
            (StatementResult.Rows)
                RunFixture.run(
                    session,
                    "SELECT CONNECTION_ID() AS id, REPEAT('x', 10000) FROM"
                        + " information_schema.collations a, information_schema.collations b")) {
      Object id = result.rows().next().get(0);
      fixture.database().execute("KILL " + id);

      assertThatThrownBy(() -> result.rows().forEachRemaining(row -> {}))
          .isInstanceOf(UnreadableRowsException.class)
          .hasMessageMatching(
              "Cannot read the rows after the first [\\d,]+: the connection to the database at"
                  + " jdbc:mysql://\\S+ is lost");
    }
  }

  @Test
  void rowsThatNobodyReadsAreNotFetched() throws Exception {
    try (SeeqlSession session = fixture.session()) {
      RunFixture.run(session, "CREATE TEMPORARY TABLE kept (a INT); INSERT INTO kept VALUES (7)");
      StatementResult.Rows unread =
          (StatementResult.Rows)
              RunFixture.run(
                  session,
                  "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
                      + " SELECT a.i FROM n a, n b, n c, n d");
      unread.rows().next();
      try (StatementResult.Rows next =
          (StatementResult.Rows) RunFixture.run(session, "SELECT a FROM kept")) {
        assertThat(next.rows().next()).containsExactly(7);
      }
      assertThatThrownBy(() -> unread.rows().hasNext())
          .isInstanceOf(RefusalException.class)
          .hasMessage(
              "Cannot read all rows: another statement was executed before the last row was read");
    }
  }

  @Test
  void aRunWithoutATargetShowsTheTextOfTheServer() throws Exception {
    fixture
        .database()
        .execute(
            "CREATE TABLE old_photos (took TIME(3), path VARCHAR(100))",
            "INSERT INTO old_photos VALUES ('-01:00:00.5', '%s')"
                .formatted(RunFixture.imageFiles().get(0)));
    StatementResult.RunSummary summary =
        fixture.summary(
            "SELECT took AS id, path FROM old_photos TO RUN any CMD 'classify', '--model=places',"
                + " '--image_dir=%s'".formatted(RunFixture.IMAGES));
    try (StatementResult.Rows rows = summary.predictions().orElseThrow()) {
      assertThat(rows.rows().next()).contains("-01:00:00.500");
    }
  }
}
