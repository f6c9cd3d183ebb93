package org.seeql.datasets.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.TestServer;
import org.seeql.datasets.coco.CocoFile;
import org.seeql.datasets.export.SqlScriptExport.Into;
import org.seeql.datasets.load.DataSetImport;
import org.seeql.datasets.load.DataSetListener;
import org.seeql.datasets.load.DataSetRequest;
import org.seeql.datasets.load.OnError;

class SqlScriptExportIT {
  private static final String HOSTILE =
      """
      {"info": {"description": "two\\nlines; '); DROP TABLE images; -- \\u0000\\u001a\\t\\r"},
       "licenses": [{"id": 0, "name": "C:\\\\new\\\\0 'quoted' \\"twice\\" `back`"}],
       "images": [{"id": 1, "file_name": "a'b\\\\c 🐕 % _.jpg", "height": 10, "width": 20,
                   "note": "{d '2020-01-01'} ? \\\\ ' \\" \\n"},
                  {"id": 9223372036854775807, "file_name": "b.jpg", "height": 1, "width": 1}],
       "annotations": [{"id": 7, "image_id": 1, "category_id": -3, "area": 1e-300,
                        "bbox": [0.1, 0.30000000000000004, 3.3333333333333335, 2],
                        "segmentation": {"counts": "\\\\'\\"`{}", "size": [10, 20]}}],
       "categories": [{"id": -3, "name": "ÄÖ 狗"}]}
      """;

  private static final TestServer DATABASE = TestServer.shared();

  @TempDir Path folder;

  @BeforeEach
  void importDataSet() throws SQLException, IOException {
    DATABASE.execute("DROP DATABASE IF EXISTS coco");
    DATABASE.execute("DROP DATABASE IF EXISTS copy");
    DATABASE.emptySystemTables();
    Path file = Files.writeString(folder.resolve("a.json"), HOSTILE);
    new DataSetImport(DATABASE.connector(), DataSetListener.NONE, problem -> {})
        .run(
            List.of(new CocoFile(file, "a.json")),
            new DataSetRequest("coco", "/images", Optional.empty(), OnError.FAIL));
    DATABASE.execute(
        "ALTER TABLE coco.images ADD thumbnail BLOB, ADD bits BIT(9), ADD taken DATETIME(3),"
            + " ADD price DECIMAL(30, 10), ADD ratio FLOAT,"
            + " ADD delay TIME(2), ADD day DATE, ADD founded YEAR, ADD seen TIMESTAMP NULL,"
            + " ADD half INT AS (width DIV 2) STORED, ADD third INT AS (width DIV 3) VIRTUAL");
    DATABASE.execute(
        "UPDATE coco.images SET thumbnail = x'00FF27225C0A1A80', bits = b'100000001', taken ="
            + " '2026-02-03 04:05:06.789', price = 12345678901234567890.0123456789, ratio = 0.1,"
            + " delay = '-700:01:02.25', day = '1000-01-01', founded = 1901, seen ="
            + " FROM_UNIXTIME(1792287000) WHERE image_id = 1");
    DATABASE.execute("UPDATE coco.images SET thumbnail = '' WHERE image_id = 9223372036854775807");
  }

  @Test
  void loadsIntoAnotherDatabaseWithMariaDbsOwnClient() throws Exception {
    Path script = Files.writeString(folder.resolve("script.sql"), script(Into.ANY));
    DATABASE.execute("CREATE DATABASE copy");

    load(script, "copy");
    // A second load replaces the tables of the first.
    load(script, "copy");

    assertThat(contents("copy")).isEqualTo(contents("coco"));
    assertThat(DATABASE.query("SELECT COUNT(*) FROM copy.annotations WHERE image_id = 1"))
        .containsExactly("1");
    assertThat(
            DATABASE.query(
                "SELECT referenced_table_name FROM information_schema.key_column_usage WHERE"
                    + " table_schema = 'copy' AND referenced_table_schema = 'copy' ORDER BY 1"))
        .containsExactly("categories", "images");
  }

  @Test
  void keepsPointsInTimeInEveryTimeZone() throws Exception {
    // The exporting server and the loading server have different time zones.
    DATABASE.execute("SET GLOBAL time_zone = '+02:00'");
    try {
      Path script = Files.writeString(folder.resolve("script.sql"), script(Into.ANY));
      DATABASE.execute("SET GLOBAL time_zone = '-08:00'");
      DATABASE.execute("CREATE DATABASE copy");
      load(script, "copy");
    } finally {
      DATABASE.execute("SET GLOBAL time_zone = 'SYSTEM'");
    }

    assertThat(
            DATABASE.query(
                "SELECT CONCAT_WS('|', UNIX_TIMESTAMP(seen), delay) FROM copy.images WHERE"
                    + " image_id = 1"))
        .containsExactly("1792287000|-700:01:02.25");
  }

  @Test
  void createsItsDatabase() throws Exception {
    List<String> before = contents("coco");
    Path script = Files.writeString(folder.resolve("script.sql"), script(Into.DATABASE));
    DATABASE.execute("DROP DATABASE coco");

    load(script, "main");

    assertThat(contents("coco")).isEqualTo(before);
  }

  @Test
  void refusesADatabaseWithoutADataSet() {
    assertThatThrownBy(
            () ->
                new SqlScriptExport(DATABASE.connector())
                    .write("main", Into.ANY, new StringWriter()))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot export main: it has no table info, licenses, categories, images, annotations");
  }

  private static String script(Into into) throws IOException {
    StringWriter script = new StringWriter();
    new SqlScriptExport(DATABASE.connector()).write("coco", into, script);
    return script.toString();
  }

  private void load(Path script, String into)
      throws IOException, InterruptedException, SQLException {
    String url = DATABASE.connector().url();
    String port = url.replaceFirst("jdbc:mysql://127.0.0.1:(\\d+)/.*", "$1");
    ProcessBuilder client =
        new ProcessBuilder(
                TestServer.client().toString(),
                "--no-defaults",
                "--protocol=tcp",
                "--host=127.0.0.1",
                "--port=" + port,
                "--user=" + DATABASE.clientUser(),
                "--skip-ssl",
                into)
            .redirectInput(script.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("client.log").toFile());
    client.environment().put("MYSQL_PWD", DATABASE.connector().password());
    assertThat(client.start().waitFor())
        .as(Files.readString(folder.resolve("client.log"), UTF_8))
        .isZero();
  }

  /** Every value of every table, byte for byte. */
  private static List<String> contents(String name) throws SQLException {
    return Stream.concat(
            rows(name, "annotations", "id").stream(),
            Stream.of("images", "categories", "licenses", "info")
                .flatMap(
                    table -> {
                      try {
                        return rows(name, table, "1").stream();
                      } catch (SQLException e) {
                        throw new IllegalStateException(e);
                      }
                    }))
        .toList();
  }

  private static List<String> rows(String name, String table, String order) throws SQLException {
    List<String> columns =
        DATABASE.query(
            "SELECT CONCAT('COALESCE(HEX(CAST(', column_name, ' AS BINARY)), \\'NULL\\')') FROM"
                + " information_schema.columns WHERE table_schema = '"
                + name
                + "' AND table_name = '"
                + table
                + "' ORDER BY ordinal_position");
    return DATABASE.query(
        "SELECT CONCAT_WS('|', '%s', %s) FROM %s.%s ORDER BY %s"
            .formatted(table, String.join(", ", columns), name, table, order));
  }
}
