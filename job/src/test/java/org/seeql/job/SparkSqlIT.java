package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.seeql.job.jdbc.DatabaseConnector;

/** SeeQL's statements in {@code spark.sql}. */
class SparkSqlIT {
  private static RunFixture fixture;
  private static SparkSession spark;

  @BeforeAll
  static void open() throws Exception {
    fixture = RunFixture.shared();
    spark = session(fixture.database().connector());
  }

  private static SparkSession session(DatabaseConnector connector) {
    SparkSession session = TestSpark.session().newSession();
    session.conf().set("spark.seeql.database", connector.url());
    session.conf().set("spark.seeql.user", connector.user());
    session.conf().set("spark.seeql.password", connector.password());
    return session;
  }

  private static Row one(String sql) {
    List<Row> rows = spark.sql(sql).collectAsList();
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  @Test
  void runsAModelAndGivesTheRunAsARow() throws Exception {
    Row run =
        one(RunFixture.detection("SELECT * FROM images", "main.from_spark", "--partitions=3"));

    assertThat(run.<String>getAs("state")).isEqualTo("succeeded");
    assertThat(run.<Long>getAs("images")).isEqualTo(RunFixture.IMAGE_COUNT);
    assertThat(run.<String>getAs("target")).isEqualTo("main.from_spark");
    assertThat(run.<Long>getAs("rows")).isEqualTo(fixture.database().count("main.from_spark"));
    assertThat(fixture.database().query("SELECT DISTINCT run_id FROM main.from_spark"))
        .containsExactly(run.<String>getAs("run_id"));
  }

  @Test
  void executesAStatementOnceHoweverOftenItsRowsAreRead() throws Exception {
    String runs = "SELECT COUNT(*) FROM seeql.runs WHERE target_table = 'read_twice'";

    Dataset<Row> run =
        spark.sql(RunFixture.detection("SELECT * FROM images LIMIT 1", "main.read_twice"));
    run.collectAsList();
    run.count();

    assertThat(fixture.database().query(runs)).containsExactly("1");
  }

  @Test
  void predicts() throws Exception {
    Row run = one("SELECT * FROM images TO PREDICT main.spark_places.place USING places");

    assertThat(run.<Long>getAs("rows")).isEqualTo(RunFixture.IMAGE_COUNT);
    assertThat(fixture.database().count("main.spark_places")).isEqualTo(RunFixture.IMAGE_COUNT);
  }

  @Test
  void createsShowsDescribesAndDropsModels() {
    String create =
        "CREATE OR REPLACE MODEL spark_scout OPTIONS (uri = '%s/models/scout.onnx', layout ="
            + " 'yolov8', labels = '%s/models/scout.labels.txt')";
    assertThat(one(create.formatted(RunFixture.DEMO, RunFixture.DEMO)).getString(0))
        .startsWith("Created model spark_scout, version 1: detect, yolov8, input 160x160");

    List<Row> shown = spark.sql("SHOW MODELS").where("name = 'spark_scout'").collectAsList();
    assertThat(shown).hasSize(1);
    assertThat(shown.get(0).<String>getAs("task")).isEqualTo("detect");
    assertThat(shown.get(0).<Integer>getAs("classes")).isEqualTo(12);

    List<Row> properties = spark.sql("DESCRIBE MODEL spark_scout").collectAsList();
    assertThat(properties.get(0).getString(1)).isEqualTo("spark_scout");

    assertThat(one("DROP MODEL spark_scout").getString(0)).isEqualTo("Dropped model spark_scout");
  }

  @Test
  void describesAColumnWhereThereIsATableCalledModel() {
    spark.range(1).toDF("scout").createOrReplaceTempView("model");
    try {
      assertThat(spark.sql("DESCRIBE model scout").columns())
          .containsExactly("info_name", "info_value");
    } finally {
      spark.catalog().dropTempView("model");
    }
  }

  @Test
  void explainsWithoutARun() throws Exception {
    long before = fixture.database().count("seeql.runs");

    Row explained =
        one("EXPLAIN " + RunFixture.detection("SELECT * FROM images", "main.explained"));

    assertThat(explained.<String>getAs("plan"))
        .contains("clause         TO RUN", "images         24", "main.explained");
    assertThat(new ObjectMapper().readTree(explained.<String>getAs("document")))
        .contains(new TextNode("TO RUN"), new IntNode(24), new TextNode("main.explained"));
    assertThat(fixture.database().count("seeql.runs")).isEqualTo(before);
  }

  @Test
  void pointsAtAMistakeAsSparkDoes() {
    assertThatThrownBy(() -> spark.sql("SELECT *\nFROM images TO RUN INTO t"))
        .isInstanceOf(ParseException.class)
        .hasMessage(
            """
            line 2, column 20: Unexpected INTO
              FROM images TO RUN INTO t
                                 ^
            expected: an image""");
  }

  @Test
  void refusesWhatCannotRun() {
    assertThatThrownBy(
            () ->
                spark.sql(
                    "SELECT * FROM images TO RUN x CMD 'detect', '--model=scout', '--iou=2'"
                        + " INTO t"))
        .isInstanceOf(AnalysisException.class)
        .hasMessage(
            "Cannot run the statement at line 1, column 1: Invalid value for iou: '2' (a number from"
                + " 0 to 1); it comes from CMD");
  }

  @Test
  void leavesMistakesInSparksOwnSqlToSpark() {
    assertThatThrownBy(() -> spark.sql("SELEC 'TO RUN x'"))
        .isInstanceOf(ParseException.class)
        .hasMessageContaining("[PARSE_SYNTAX_ERROR] Syntax error at or near 'SELEC'");
  }

  @Test
  void saysWhatToSetWhereNoDatabaseIsNamed() {
    SparkSession bare = TestSpark.session().newSession();

    assertThatThrownBy(() -> bare.sql("SHOW MODELS"))
        .isInstanceOf(AnalysisException.class)
        .hasMessage(
            "Cannot reach a database for SeeQL: spark.seeql.database is not set; set it to"
                + " jdbc:mysql://HOST[:PORT]/DATABASE, or to embedded:FOLDER for a database of"
                + " Spark's own in that folder");
  }
}
