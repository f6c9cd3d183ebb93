package org.seeql.planner.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.planner.statement.TableName;

class SelectAnatomyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT 1|''",
        "SELECT * FROM coco_val.images ORDER BY images.image_id|coco_val.images",
        "SELECT * FROM a, b JOIN d.c ON a.x = c.x|a b d.c",
        "SELECT (SELECT MAX(x) FROM t) FROM u WHERE y IN (SELECT y FROM v)|t u v",
        "WITH c AS (SELECT * FROM t) SELECT * FROM c JOIN u|t u",
        "(SELECT * FROM a) UNION SELECT * FROM b|a b",
        "SELECT * FROM a x JOIN a y ON x.i = y.i|a",
        "SELECT x.*, y.b FROM a x, a y FOR UPDATE OF x|a",
        "SELECT * FROM t GROUP BY (SELECT 1 FROM u) ORDER BY (SELECT 1 FROM v)|t u v",
        "SELECT SUM(a) OVER (PARTITION BY (SELECT 1 FROM u)) FROM t|u t",
        "SELECT GROUP_CONCAT(a ORDER BY (SELECT 1 FROM u)), SUBSTRING((SELECT b FROM v) FROM 2)|u v",
        "SELECT COUNT(*) OVER (ORDER BY a RANGE INTERVAL 1 DAY PRECEDING) FROM t|t",
        "SELECT ((((((((((1)))))))))), ((a MOD 3)) FROM ((((t))))|t",
        "((((SELECT * FROM t))))|t",
        "WITH t AS (SELECT * FROM t) SELECT * FROM t|t",
        "WITH RECURSIVE t AS (SELECT 1 UNION SELECT 2 FROM T) SELECT * FROM t|''",
        "WITH a AS (SELECT 1), b AS (SELECT * FROM a) SELECT * FROM b, d.a|d.a",
        "SELECT * FROM (WITH t AS (SELECT 1) SELECT * FROM t) q, t|t",
        "SELECT * FROM straße -- FROM z|straße",
        "SELECT 'FROM z' FROM /* y, */ a # , x|a",
        "SELECT a DIV 2 FROM t WHERE b XOR c MOD 3|t"
      })
  void findsTheTablesThatItReads(String sql, String tables) {
    SelectAnatomy anatomy = SelectAnatomy.of(sql).orElseThrow();

    assertThat(anatomy.tables().stream().map(TableName::toString).collect(Collectors.joining(" ")))
        .isEqualTo(tables);
  }

  @Test
  void readsQuotedNamesAsTheyAreMeant() {
    SelectAnatomy anatomy =
        SelectAnatomy.of("SELECT * FROM `my db` . `a``b.c` WHERE `from` = \"FROM x\"")
            .orElseThrow();

    assertThat(anatomy.tables()).containsExactly(TableName.of("my db", "a`b.c"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT * FROM t|false|false",
        "SELECT * FROM t ORDER BY a LIMIT 5|true|true",
        "SELECT * FROM t LIMIT 5, 10|false|true",
        "SELECT * FROM (SELECT * FROM t ORDER BY a LIMIT 5) x|false|false",
        "SELECT a FROM t UNION SELECT b FROM u ORDER BY 1|true|false",
        "SELECT ROW_NUMBER() OVER (ORDER BY a) FROM t|false|false"
      })
  void seesWhetherItsRowsAreOrderedAndLimited(String sql, boolean ordered, boolean limited) {
    SelectAnatomy anatomy = SelectAnatomy.of(sql).orElseThrow();

    assertThat(anatomy.ordered()).isEqualTo(ordered);
    assertThat(anatomy.limited()).isEqualTo(limited);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--",
        "DELETE FROM t",
        "SELECT FROM WHERE",
        "SELECT 'x",
        "SELECT 1; SELECT 2",
        "nonsense"
      })
  void isEmptyForWhatIsNoSelect(String sql) {
    assertThat(SelectAnatomy.of(sql)).isEmpty();
  }

  @Test
  void takesAListOfFiveThousandValues() {
    String values =
        IntStream.range(0, 5000).mapToObj(Integer::toString).collect(Collectors.joining(","));

    assertThat(SelectAnatomy.of("SELECT * FROM t WHERE id IN (" + values + ")")).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT * FROM a|a||",
        "INSERT INTO a VALUES (1)||a|",
        "INSERT INTO d.a (x) SELECT x FROM b|b|d.a|",
        "INSERT INTO a SELECT * FROM a|a|a|",
        "INSERT IGNORE INTO a SELECT * FROM b|b||a",
        "INSERT INTO a VALUES (1) ON DUPLICATE KEY UPDATE x = 2|||a",
        "REPLACE INTO a SELECT * FROM b|b||a",
        "CREATE TABLE a AS SELECT * FROM b|b||a",
        "CREATE TABLE IF NOT EXISTS a (x INT PRIMARY KEY)|||a",
        "CREATE TABLE a LIKE b|b||a",
        "DROP TABLE IF EXISTS a, d.b|||a d.b",
        "TRUNCATE TABLE a|||a",
        "UPDATE a SET x = (SELECT MAX(y) FROM b)|||a b",
        "INSERT INTO a SET x = (SELECT MAX(y) FROM b)|b|a|",
        "INSERT INTO a VALUES (1) ON DUPLICATE KEY UPDATE x = (SELECT 1 FROM b)|b||a",
        "INSERT INTO a WITH c AS (SELECT * FROM b) SELECT * FROM c|b|a|",
        "WITH c AS (SELECT * FROM b) DELETE FROM a WHERE x IN (SELECT * FROM c)|||b a",
        "CREATE TABLE a (x INT REFERENCES b (x), FOREIGN KEY (y) REFERENCES d.c (y))|b d.c||a",
        "DELETE FROM a WHERE x IN (SELECT x FROM b)|||a b"
      })
  void tellsWhatAStatementReadsAppendsAndWrites(
      String sql, String reads, String appends, String writes) {
    TableAccess access = TableAccess.of(sql).orElseThrow();

    assertThat(join(access.reads())).isEqualTo(reads == null ? "" : reads);
    assertThat(join(access.appends())).isEqualTo(appends == null ? "" : appends);
    assertThat(join(access.writes())).isEqualTo(writes == null ? "" : writes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "USE d",
        "SET x = 1",
        "CREATE DATABASE d",
        "ALTER TABLE a RENAME TO b",
        "DROP TABLE 5",
        "SELECT NEXTVAL(s)",
        "SELECT NEXT VALUE FOR s",
        "SELECT * FROM 'a'",
        "SELECT * FROM @a",
        ""
      })
  void doesNotGuessWhatAnyOtherStatementTouches(String sql) {
    assertThat(TableAccess.of(sql)).isEmpty();
  }

  @Test
  void walksATreeOfAnyDepth() {
    String sql = "SELECT * FROM t WHERE " + "a = 1 OR ".repeat(3_000) + "a IN (SELECT 1 FROM u)";

    assertThat(SelectAnatomy.of(sql).orElseThrow().tables()).hasSize(2);
  }

  private static String join(java.util.Set<TableName> tables) {
    return tables.stream().map(TableName::toString).collect(Collectors.joining(" "));
  }
}
