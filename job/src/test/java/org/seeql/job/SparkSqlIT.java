package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
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

  private static String shown(String select, String... arguments) {
    return RunFixture.detection(select, "x", arguments).replaceFirst(" INTO x$", "");
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.mkString("|")).toList();
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
  void showsThePredictionsThatARunWouldWrite() throws Exception {
    fixture.detect("SELECT * FROM images WHERE image_id < 110", "main.written");

    Dataset<Row> shown = spark.sql(shown("SELECT * FROM images WHERE image_id < 110"));

    assertThat(shown.columns())
        .containsExactly(
            "image_id",
            "file_name",
            "detection",
            "class_id",
            "label",
            "score",
            "x_min",
            "y_min",
            "x_max",
            "y_max",
            "model");
    assertThat(texts(shown.select("image_id", "detection", "label")))
        .containsExactlyInAnyOrderElementsOf(
            fixture.database().query("SELECT image_id, detection, label FROM main.written"));
  }

  @Test
  void startsNoRunForPredictionsThatAreShown() throws Exception {
    long before = fixture.database().count("seeql.runs");

    spark.sql(shown("SELECT * FROM images")).limit(1).collectAsList();

    assertThat(fixture.database().count("seeql.runs")).isEqualTo(before);
  }

  @Test
  void readsNoImageBeforeRowsAreAskedFor() {
    Dataset<Row> shown =
        spark.sql(shown("SELECT image_id, CONCAT('missing/', file_name) AS path FROM images"));

    assertThat(shown.schema().fieldNames()).contains("label");
    assertThat(shown.collectAsList()).isEmpty();
  }

  @Test
  void runsOverAViewOfSparksBeforeATableOfTheDatabase() {
    spark
        .range(2)
        .selectExpr("id AS image_id", "'" + RunFixture.imageFiles().get(0) + "' AS file_name")
        .createOrReplaceTempView("images");
    String sql = shown("SELECT * FROM images", "--image_dir=" + RunFixture.IMAGES);
    try {
      assertThat(spark.sql(sql).select("image_id").distinct().as(Encoders.LONG()).collectAsList())
          .isSubsetOf(0L, 1L);
      spark.conf().set("spark.seeql.relations", "database");
      assertThat(texts(spark.sql(sql).select("image_id").distinct()))
          .isNotEmpty()
          .doesNotContain("0", "1");
    } finally {
      spark.conf().unset("spark.seeql.relations");
      spark.catalog().dropTempView("images");
    }
  }

  @Test
  void runsOverFilesThatSparkLists() {
    Dataset<Row> shown =
        spark.sql(
            shown(
                "SELECT path AS image_id, path FROM binaryFile.`"
                    + RunFixture.IMAGES
                    + "/*.jpg`"
                    + " ORDER BY path LIMIT 3"));

    assertThat(texts(shown.select("image_id").distinct()))
        .allMatch(path -> path.startsWith("file:" + RunFixture.IMAGES));
  }

  @Test
  void evaluatesAndThenFindsInTheDatabaseAndInAViewAlike() throws Exception {
    TestDatabase database = fixture.database();
    LabelledDemo.load(database, "spark_labelled", "show");
    Row evaluation =
        one(
            "SELECT * FROM spark_labelled.images LIMIT 30 TO EVALUATE scout WITH dataset ="
                + " 'spark_labelled' INTO main.spark_scores");
    assertThat(evaluation.<Long>getAs("images")).isEqualTo(30);
    assertThat(evaluation.getJavaMap(evaluation.fieldIndex("findings"))).isNotEmpty();
    String find = " TO FIND person OR dog WITH dataset = 'spark_labelled'";

    Row found = one("SELECT * FROM images" + find + " INTO main.spark_found");
    List<String> expected = database.query("SELECT image_id FROM main.spark_found");
    Dataset<Row> shown = spark.sql("SELECT * FROM images" + find);
    spark
        .createDataset(database.query("SELECT image_id FROM images"), Encoders.STRING())
        .selectExpr("value AS image_id")
        .createOrReplaceTempView("found_view");
    Dataset<Row> inView =
        spark.sql(
            "SELECT image_id, element_at(array('"
                + String.join("','", RunFixture.imageFiles())
                + "'), CAST(image_id AS INT) - 99) AS path FROM found_view TO FIND person OR dog"
                + " WITH dataset = 'spark_labelled', image_dir = '"
                + RunFixture.IMAGES
                + "'");

    assertThat(found.<String>getAs("plan")).contains("scout");
    assertThat(expected).isNotEmpty().hasSizeLessThan(RunFixture.IMAGE_COUNT);
    assertThat(texts(shown.select("image_id"))).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(texts(inView.select("image_id"))).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void writesATableOfSparks() throws Exception {
    String sql =
        RunFixture.detection("SELECT * FROM images", "spark_catalog.default.seen", "--mode=append");

    Row first = one(sql);
    Row second = one(sql);

    assertThat(second.<String>getAs("target")).isEqualTo("spark_catalog.default.seen");
    assertThat(second.<Long>getAs("images")).isEqualTo(RunFixture.IMAGE_COUNT);
    assertThat(texts(spark.sql("SELECT run_id, count(*) FROM seen GROUP BY 1")))
        .containsExactlyInAnyOrder(
            first.getAs("run_id") + "|" + first.getAs("rows"),
            second.getAs("run_id") + "|" + second.getAs("rows"));
    assertThatThrownBy(() -> spark.sql(sql.replace("append", "error")))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("TABLE_OR_VIEW_ALREADY_EXISTS");
  }

  @Test
  void predictsIntoATableOfSparksWhereTheSettingSaysSo() {
    spark.conf().set("spark.seeql.into", "spark");
    try {
      Row run =
          one(
              "SELECT * FROM images LIMIT 5 TO PREDICT default.spark_seen.place WITH mode ="
                  + " overwrite USING places");
      assertThat(run.<Long>getAs("rows")).isEqualTo(5);
    } finally {
      spark.conf().unset("spark.seeql.into");
    }
    assertThat(spark.table("spark_seen").columns())
        .containsExactly("image_id", "file_name", "taken", "extra", "place", "place_score");
  }

  @Test
  void refusesToMixImagesOfSparkWithATableOfTheDatabase() {
    spark.range(1).selectExpr("id", "'a.jpg' AS path").createOrReplaceTempView("mixed");

    assertThatThrownBy(() -> spark.sql(RunFixture.detection("SELECT * FROM mixed", "main.mixed")))
        .isInstanceOf(AnalysisException.class)
        .hasMessage(
            "Cannot run the statement at line 1, column 1: the images are of a relation of Spark's,"
                + " and the table main.mixed is the database's; name a table of Spark's (INTO"
                + " spark_catalog.database.table, or set spark.seeql.into=spark), or select from"
                + " the database (set spark.seeql.relations=database)");
  }

  @Test
  void refusesASelectThatNeitherSparkNorTheDatabaseTakes() {
    assertThatThrownBy(() -> spark.sql(shown("SELECT * FROM nowhere")))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining(
            "The database refuses the SELECT: Table 'seeql_test.nowhere' doesn't exist");
  }

  @Test
  void explainsWhatIsShownWithSparksPlan() {
    Row explained = one("EXPLAIN " + shown("SELECT id, 'a.jpg' AS path FROM range(3)"));

    assertThat(explained.<String>getAs("document")).contains("\"models\":\"scout\"");
    assertThat(explained.<String>getAs("plan"))
        .contains("models         scout", "target         shown only", "MapPartitions");
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
