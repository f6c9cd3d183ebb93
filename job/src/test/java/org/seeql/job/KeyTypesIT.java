package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.job.fixture.RunFixture;

/** A run keeps ids of every type unchanged, whichever way they are copied. */
class KeyTypesIT {
  private static final String SESSION = "SET SESSION sql_mode = ''; ";

  private static RunFixture fixture;
  private static TestDatabase database;
  private static int tables;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    database = fixture.database();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "TINYINT                | -128; 127                                  | -128; 127",
        "TINYINT(1)             | 0; 2                                       | 0; 2",
        "SMALLINT UNSIGNED      | 0; 65535                                   | 0; 65535",
        "MEDIUMINT              | -8388608; 8388607                          | -8388608; 8388607",
        "INT(6) ZEROFILL        | 7; 4294967295                              | 000007; 4294967295",
        "BIGINT                 | -9223372036854775808; 9223372036854775807  | -9223372036854775808; 9223372036854775807",
        "BIGINT UNSIGNED        | 9223372036854775808; 18446744073709551615  | 9223372036854775808; 18446744073709551615",
        "DECIMAL(65,30)         | 1e-30; 12345678901234567890123456789012345.5 | 0.000000000000000000000000000001; 12345678901234567890123456789012345.500000000000000000000000000000",
        "FLOAT                  | 16777216; 16777215                         | 16777200; 16777200",
        "DOUBLE                 | 0.1; 0.30000000000000004                   | 0.1; 0.30000000000000004",
        "BIT(1)                 | b'0'; b'1'                                 | 0; 1",
        "BIT(64)                | b'1'; 18446744073709551615                 | 1; FFFFFFFFFFFFFFFF",
        "YEAR                   | 0; 2155                                    | 0000; 2155",
        "DATE                   | '0000-00-00'; '2024-02-00'; '9999-12-31'   | 0000-00-00; 2024-02-00; 9999-12-31",
        "DATETIME               | '0000-00-00'; '1582-10-10 01:02:03'        | 0000-00-00 00:00:00; 1582-10-10 01:02:03",
        "DATETIME(6)            | '2026-11-22 08:05:00.000001'; '2026-11-22 08:05:00.999999' | 2026-11-22 08:05:00.000001; 2026-11-22 08:05:00.999999",
        "TIMESTAMP(6) NULL      | '2026-11-22 08:05:00.000001'; '0000-00-00' | 2026-11-22 08:05:00.000001; 0000-00-00 00:00:00.000000",
        "TIME                   | '-24:00:01'; '838:59:59'                   | -24:00:01; 838:59:59",
        "TIME(6)                | '-838:59:58.000001'; '-00:00:00.000001'    | -838:59:58.000001; -00:00:00.000001",
        "CHAR(8)                | 'a'; 'b  '                                 | a; b",
        "VARCHAR(20)            | 'é🐕'; 'b  '; ''                           | é🐕; b  ; ``",
        "VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin | 'a'; 'A'; 'á' | a; A; á",
        "VARCHAR(20) CHARACTER SET latin1 | 'é'; 'e'; X'81'                  | é; e",
        "VARCHAR(20) CHARACTER SET ucs2 | 'é'; X'0041'                       | é; A",
        "VARCHAR(20) CHARACTER SET ascii | '\\\\\\\\'; '\\''                  | \\\\; '",
        "BINARY(16)             | X'FF000000000000000000000000000001'; X'FE000000000000000000000000000001' | FF000000000000000000000000000001; FE000000000000000000000000000001",
        "VARBINARY(16)          | X'FF'; X'FF00'; 'n7'                       | FF; FF00; 6E37",
        "BLOB                   | X'00'; X'C3'                               | 00; C3",
        "TEXT                   | 'long'; 'text'                             | long; text",
        "ENUM('a','b','')       | 'b'; 'A'                                   | b; a",
        "SET('a','b')           | 'b,a'; ''                                  | a,b; ``",
        "JSON                   | '{\"a\": 1.0}'; '[1, \"x\"]'               | {\"a\": 1.0}; [1, \"x\"]",
        "POINT                  | ST_GeomFromText('POINT(1 2)')              | 000000000101000000000000000000F03F0000000000000040"
      })
  void keepItsValue(String type, String literals, String texts) throws Exception {
    keepsValues(type, literals, texts);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "UUID  | '123e4567-e89b-12d3-a456-426655440000'; UUID() | 123e4567-e89b-12d3-a456-426655440000",
        "INET6 | '2001:db8::ff00:42:8329'; '::'                 | 2001:db8::ff00:42:8329; ::",
        "INET4 | '192.0.2.146'; '0.0.0.0'                       | 192.0.2.146; 0.0.0.0"
      })
  void ofMariaDbKeepItsValue(String type, String literals, String texts) throws Exception {
    assumeTrue(database.query("SELECT VERSION()").get(0).contains("MariaDB"), "MariaDB's types");
    keepsValues(type, literals, texts);
  }

  private static void keepsValues(String type, String literals, String texts) throws Exception {
    String source = "keys_" + ++tables;
    List<String> values = values(literals);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      rows.add("(%s, '%s')".formatted(values.get(i), RunFixture.imageFiles().get(i)));
      rows.add("(%s, 'missing-%d.jpg')".formatted(values.get(i), i));
    }
    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      session.execute("SET SESSION sql_mode = ''");
      session.execute("CREATE TABLE %s (id %s, path VARCHAR(100))".formatted(source, type));
      session.execute("INSERT INTO %s VALUES %s".formatted(source, String.join(", ", rows)));
    }

    RunSummary summary = detect(source, "out_" + source, "overwrite");
    detect(source, "out_" + source, "append");

    assertThat(summary.done()).isEqualTo(values.size());
    assertThat(
            database.query(
                ("SELECT COUNT(*), SUM(o.image_id = s.id AND CAST(o.image_id AS BINARY) = CAST(s.id"
                        + " AS BINARY) AND HEX(o.image_id) = HEX(s.id)) FROM %1$s s JOIN out_%1$s o"
                        + " ON o.file_name = s.path")
                    .formatted(source)))
        .containsExactly(2 * values.size() + "|" + 2 * values.size());
    assertThat(columnType("out_" + source, "image_id")).isEqualTo(columnType(source, "id"));
    List<String> expected = values(texts);
    assertThat(
            database.query(
                "SELECT image_id FROM seeql.run_failures WHERE run_id = '%s' ORDER BY path"
                    .formatted(summary.runId())))
        .startsWith(expected.toArray(String[]::new));
  }

  private static List<String> values(String text) {
    return Arrays.stream(text.split("; ")).map(value -> value.replace("``", "")).toList();
  }

  private static RunSummary detect(String source, String target, String mode) {
    try (SeeqlSession session =
        fixture.session(Map.of("image_dir", RunFixture.IMAGES.toString()))) {
      return (RunSummary)
          RunFixture.run(
              session,
              SESSION
                  + "SELECT id, path FROM %s TO RUN any CMD 'detect', '--model=scout', '--result=image', '--mode=%s', '--max_failed_images=100%%' INTO %s"
                      .formatted(source, mode, target));
    }
  }

  private static List<String> columnType(String table, String column) throws Exception {
    return database.query(
        ("SELECT CONCAT(column_type, COALESCE(collation_name, '')) FROM information_schema.columns"
                + " WHERE table_schema = DATABASE() AND table_name = '%s' AND column_name = '%s'")
            .formatted(table, column));
  }

  @Test
  void keepADateThatTheServerWouldNotAcceptToday() throws Exception {
    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      session.execute("SET SESSION sql_mode = ''");
      session.execute(
          "CREATE TABLE zero_dates (id INT PRIMARY KEY, path VARCHAR(100), seen DATETIME NOT NULL)");
      session.execute(
          "INSERT INTO zero_dates VALUES (1, '%s', 0)".formatted(RunFixture.imageFiles().get(0)));
    }
    String before = database.query("SELECT @@GLOBAL.sql_mode").get(0);
    // MySQL 8's default
    database.execute(
        "SET GLOBAL sql_mode = 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'");
    try (SeeqlSession session =
        fixture.session(Map.of("image_dir", RunFixture.IMAGES.toString()))) {
      RunFixture.run(
          session,
          SESSION
              + "SELECT id, path, seen FROM zero_dates TO PREDICT zero_places.place WITH mode = overwrite USING places");
    } finally {
      database.execute("SET GLOBAL sql_mode = '%s'".formatted(before));
    }

    assertThat(database.query("SELECT CAST(seen AS CHAR) FROM zero_places"))
        .containsExactly("0000-00-00 00:00:00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT * FROM key_numbers",
        "SELECT * FROM key_numbers ORDER BY path DESC",
        "SELECT n.*, m.SeeQL_Row AS `seeql_row (selected)` FROM key_numbers n JOIN key_numbers m USING (path)"
      })
  void mayBeInAColumnThatIsCalledAsTheNumberOfARow(String select) throws Exception {
    database.execute(
        "DROP TABLE IF EXISTS key_numbers, key_numbers_out, key_numbers_new",
        "CREATE TABLE key_numbers (seeql_row INT, path VARCHAR(100), seeql_selected INT)");
    for (int i = 0; i < 6; i++) {
      database.execute(
          "INSERT INTO key_numbers VALUES (%d, '%s', %1$d)"
              .formatted(1000 - 7 * i, RunFixture.imageFiles().get(i)));
    }
    for (String program :
        List.of(
            select
                + " TO PREDICT key_numbers_out.place WITH mode = overwrite, id_column = 'seeql_row' USING places",
            select
                + " TO RUN any CMD 'classify', '--model=places', '--mode=append', '--only_new=true', '--id_column=seeql_row' INTO key_numbers_new",
            select
                + " TO RUN any CMD 'classify', '--model=places', '--mode=append', '--only_new=true', '--id_column=seeql_row' INTO key_numbers_new")) {
      try (SeeqlSession session =
          fixture.session(Map.of("image_dir", RunFixture.IMAGES.toString()))) {
        RunFixture.run(session, program);
      }
    }

    assertThat(
            database.query(
                "SELECT COUNT(*), SUM(o.seeql_row = s.seeql_row) FROM key_numbers s JOIN key_numbers_out o"
                    + " USING (path)"))
        .containsExactly("6|6");
    assertThat(
            database.query(
                "SELECT COUNT(*), SUM(o.image_id = s.seeql_row) FROM key_numbers s JOIN key_numbers_new o"
                    + " ON o.file_name = s.path"))
        .containsExactly("6|6");
  }
}
