package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.cli.command.CommandLineRunner.Outcome;
import org.seeql.database.embedded.EmbeddedDatabase;
import org.seeql.database.jdbc.DatabaseSession;

/** Tests {@code seeql export TABLE --to FILE}. Parquet files are read by Spark. */
class ExportRowsIT {
  private static final String CREATE =
      """
      CREATE TABLE t.types (
        b INT UNSIGNED NOT NULL, a VARCHAR(20) NOT NULL,
        tiny TINYINT UNSIGNED, big BIGINT UNSIGNED, money DECIMAL(10, 2), wide DECIMAL(30, 5),
        single FLOAT, whole DOUBLE, day DATE, moment DATETIME(6), instant TIMESTAMP(3) NULL,
        span TIME, document JSON, bytes VARBINARY(10), flag BIT(1), word TEXT,
        PRIMARY KEY (b, a))
      """;

  @TempDir static Path directory;
  private static EmbeddedDatabase server;

  @BeforeAll
  static void start() throws SQLException {
    server = EmbeddedDatabase.start(directory.resolve("data"));
    execute(
        "CREATE DATABASE t",
        CREATE,
        "SET time_zone = '+02:00'",
        """
        INSERT INTO t.types VALUES (2, 'x', 255, 18446744073709551615, -12.30,
          -1234567890123456789012345.00001, 0.1, 0.1, '1969-12-31', '2026-11-22 10:00:00.000001',
          '2026-11-22 12:00:00.500', '-10:00:00', '{"k": [1, "é"]}', x'00ff', b'1',
          'a "quoted", text\nin two lines')
        """,
        "INSERT INTO t.types (b, a) VALUES (1, 'z'), (1, 'y')",
        "CREATE TABLE t.zero (day DATE)",
        "SET sql_mode = ''",
        "INSERT INTO t.zero VALUES ('2026-01-01'), ('0000-00-00')");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void execute(String... statements) throws SQLException {
    try (DatabaseSession session = DatabaseSession.open(server.connector())) {
      for (String sql : statements) {
        session.execute(sql);
      }
    }
  }

  @Test
  void keepsTypesInParquet() throws IOException {
    Outcome outcome = export("t.types", "types.parquet");

    assertThat(outcome)
        .isEqualTo(
            new Outcome(0, "", "✓ 3 rows of t.types in %s\n".formatted(file("types.parquet"))));
    Dataset<Row> rows = spark().read().parquet(file("types.parquet").toString());
    assertThat(rows.schema().toDDL())
        .isEqualTo(
            "b BIGINT,a STRING,tiny SMALLINT,big DECIMAL(20,0),money DECIMAL(10,2),wide DECIMAL(30,5),single FLOAT,whole DOUBLE,day DATE,moment TIMESTAMP_NTZ,instant TIMESTAMP,span STRING,document STRING,bytes BINARY,flag BOOLEAN,word STRING");
    List<Row> read = rows.collectAsList();
    assertThat(read)
        .extracting(row -> row.getLong(0) + row.getString(1))
        .containsExactly("1y", "1z", "2x");
    Row row = read.get(2);
    assertThat(row.getShort(2)).isEqualTo((short) 255);
    assertThat(row.getDecimal(3)).isEqualByComparingTo("18446744073709551615");
    assertThat(row.getDecimal(4)).isEqualTo(new BigDecimal("-12.30"));
    assertThat(row.getDecimal(5)).isEqualTo(new BigDecimal("-1234567890123456789012345.00001"));
    assertThat(row.getFloat(6)).isEqualTo(0.1f);
    assertThat(row.getDouble(7)).isEqualTo(0.1);
    assertThat(row.getDate(8)).isEqualTo(Date.valueOf("1969-12-31"));
    assertThat(row.<Object>getAs("moment"))
        .isEqualTo(LocalDateTime.parse("2026-11-22T10:00:00.000001"));
    assertThat(row.getTimestamp(10).toInstant()).isEqualTo(Instant.parse("2026-11-22T10:00:00.5Z"));
    assertThat(row.getString(11)).isEqualTo("-10:00:00");
    assertThat(row.getString(12)).isEqualTo("{\"k\": [1, \"é\"]}");
    assertThat((byte[]) row.get(13)).containsExactly(0, 0xff);
    assertThat(row.getBoolean(14)).isTrue();
    assertThat(row.getString(15)).isEqualTo("a \"quoted\", text\nin two lines");
    assertThat(read.get(0).isNullAt(2)).isTrue();
  }

  @Test
  void writesCsv() throws IOException {
    export("t.types", "types.csv");

    assertThat(Files.readString(file("types.csv")))
        .isEqualTo(
            "b,a,tiny,big,money,wide,single,whole,day,moment,instant,span,document,bytes,flag,word\r\n"
                + "1,y,,,,,,,,,,,,,,\r\n1,z,,,,,,,,,,,,,,\r\n"
                + "2,x,255,18446744073709551615,-12.30,-1234567890123456789012345.00001,0.1,0.1,1969-12-31,2026-11-22 10:00:00.000001,2026-11-22 10:00:00.500,-10:00:00,\"{\"\"k\"\": [1, \"\"é\"\"]}\",00ff,01,\"a \"\"quoted\"\", text\nin two lines\"\r\n");
  }

  @Test
  void writesJsonLines() throws IOException {
    export("t.types", "types.jsonl");

    List<String> lines = Files.readAllLines(file("types.jsonl"), StandardCharsets.UTF_8);
    assertThat(lines).hasSize(3);
    assertThat(lines.get(2))
        .isEqualTo(
            "{\"b\":2,\"a\":\"x\",\"tiny\":255,\"big\":18446744073709551615,\"money\":-12.30,\"wide\":-1234567890123456789012345.00001,\"single\":0.1,\"whole\":0.1,\"day\":\"1969-12-31\",\"moment\":\"2026-11-22 10:00:00.000001\",\"instant\":\"2026-11-22 10:00:00.500\",\"span\":\"-10:00:00\",\"document\":{\"k\": [1, \"é\"]},\"bytes\":\"00ff\",\"flag\":\"01\",\"word\":\"a \\\"quoted\\\", text\\nin two lines\"}");
  }

  @Test
  void leavesNoFileAfterAValueThatParquetDoesNotHave() throws IOException {
    Outcome outcome = export("t.zero", "zero.parquet");

    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                1,
                "",
                "Parquet has no date 0000-00-00 (column day); replace it, for example by NULL, or export to .csv or .jsonl\n"));
    try (var files = Files.list(directory)) {
      assertThat(files).noneMatch(f -> f.getFileName().toString().startsWith("zero"));
    }
  }

  @Test
  void refusesWhatItCannotExport() {
    assertThat(export("t.types", "types.xls").err())
        .isEqualTo(
            "Invalid value for --to: types.xls (the name ends with .parquet, .csv or .jsonl)\n");
    assertThat(export("t.missing", "x.csv").err())
        .isEqualTo("Cannot export t.missing: there is no such table\n");
    assertThat(export("types", "x.csv").err())
        .isEqualTo("Cannot export types: there is no such run; name a table as DATABASE.TABLE\n");
    assertThat(new CommandLineRunner(directory).run("export", "t.types").exitCode()).isEqualTo(1);
  }

  private static SparkSession spark() {
    return SparkSession.builder()
        .master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate();
  }

  private static Path file(String name) {
    return directory.toAbsolutePath().normalize().resolve(name);
  }

  private static Outcome export(String source, String file) {
    return new CommandLineRunner(directory)
        .run("export", source, "--to", file, "--data-dir", "data");
  }
}
