package org.seeql.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.seeql.database.embedded.TestDatabase;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.job.fixture.LabelledDemo;
import org.seeql.job.fixture.RunFixture;
import org.seeql.job.fixture.TestSpark;
import scala.jdk.javaapi.CollectionConverters;

/** SeeQL's statements in {@code spark.sql}. */
class SparkSqlIT {
  private static final String IMAGE_DIR = "--image_dir=" + RunFixture.IMAGES;
  private static final String LIMIT_OF_SHOWN =
      "Cannot run the statement at line 1, column 1: max_failed_images needs INTO: without a target, rows are computed on demand and returned before all images are processed; remove it, or add INTO";
  private static final List<String> GROUP_PROPERTIES =
      List.of("spark.jobGroup.id", "spark.job.description", "spark.job.interruptOnCancel");

  private static RunFixture fixture;
  private static SparkSession spark;

  @BeforeAll
  static void open() throws Exception {
    fixture = RunFixture.shared();
    spark = session(fixture.database().connector());
  }

  static SparkSession session(DatabaseConnector connector) {
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
  void readsNoImageBeforeRowsAreRequested() {
    LongAccumulator read = pictures(spark, "lazily_read");

    Dataset<Row> shown = spark.sql(shown("SELECT * FROM lazily_read", IMAGE_DIR));

    assertThat(shown.schema().fieldNames()).contains("label");
    assertThat(read.sum()).isZero();
    assertThat(shown.collectAsList()).isNotEmpty();
    assertThat(read.sum()).isEqualTo(RunFixture.IMAGE_COUNT);
  }

  /** Creates a view of the demo's images, which counts the rows that are read from it. */
  static LongAccumulator pictures(SparkSession spark, String view) {
    LongAccumulator read = spark.sparkContext().longAccumulator();
    spark
        .createDataset(RunFixture.imageFiles(), Encoders.STRING())
        .repartition(2)
        .map(
            (MapFunction<String, String>)
                path -> {
                  read.add(1);
                  return path;
                },
            Encoders.STRING())
        .selectExpr("value AS image_id", "value AS path")
        .createOrReplaceTempView(view);
    return read;
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
          .containsExactlyInAnyOrder(0L, 1L);
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
        .isNotEmpty()
        .allMatch(path -> path.startsWith("file:" + RunFixture.IMAGES));
  }

  @Test
  void trainsAModelThatFunctionsCanUse() throws Exception {
    TestDatabase database = fixture.database();
    LabelledDemo.load(database, "spark_training", "show");
    Row training =
        one(
            "SELECT image_id, file_name, place FROM spark_training.images TO TRAIN classifier WITH"
                + " backbone = scout LABEL place INTO spark_places");

    assertThat(training.<Long>getAs("images")).isEqualTo(100);
    assertThat(training.<String>getAs("model")).isEqualTo("scout");
    assertThat(training.getJavaMap(training.fieldIndex("findings")).get("trained").toString())
        .startsWith("spark_places, version 1: classify, 6 classes");
    assertThat(
            texts(spark.sql("SHOW TRAIN spark_places").where("property = 'layer'").select("value")))
        .containsExactly(
            "/network/backbone/stages.4/stages.4.1/Add_output_0 of scout, version 1: 64 features");
    assertThat(
            texts(
                spark.sql(
                    "SELECT classify('"
                        + RunFixture.IMAGES.resolve("snow-0105.jpg")
                        + "', 'spark_places')[0].label")))
        .containsExactly("snow");
    spark.sql("DROP MODEL spark_places");
    database.execute("DROP DATABASE spark_training");
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
  void refusesToMixImagesOfSparkWithATableOfTheDatabase() {
    spark.range(1).selectExpr("id", "'a.jpg' AS path").createOrReplaceTempView("mixed");

    assertThatThrownBy(() -> spark.sql(RunFixture.detection("SELECT * FROM mixed", "main.mixed")))
        .isInstanceOf(AnalysisException.class)
        .hasMessage(
            "Cannot run the statement at line 1, column 1: the images are in a relation of Spark, but the table main.mixed is in the database; write into a table of Spark (INTO"
                + " spark_catalog.database.table, or set spark.seeql.into=spark), or select from"
                + " the database (set spark.seeql.relations=database)");
  }

  @Test
  void refusesASelectThatNeitherSparkNorTheDatabaseTakes() {
    assertThatThrownBy(() -> spark.sql(shown("SELECT * FROM nowhere")))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining(
            "The database refuses the SELECT: Table 'seeql_test.nowhere' doesn't exist")
        .hasMessageContaining(
            "; Spark cannot execute it either: [TABLE_OR_VIEW_NOT_FOUND] The table or view `nowhere`"
                + " cannot be found.");
  }

  @Test
  void saysWhatSparkHasAgainstASelectOfItsOwnFunctions() {
    pictures(spark, "of_spark");

    assertThatThrownBy(
            () ->
                spark.sql(
                    RunFixture.detection(
                        "SELECT image_id, path FROM of_spark WHERE nosuch(path)", "main.never")))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("The database refuses the SELECT: ")
        .hasMessageContaining(
            "; Spark cannot execute it either: [UNRESOLVED_ROUTINE] Cannot resolve routine `nosuch`");
  }

  @Test
  void refusesParametersOfASelectOfTheDatabase() {
    String sql = shown("SELECT * FROM images WHERE image_id < :most");
    spark.conf().set("spark.seeql.relations", "database");
    try {
      assertThatThrownBy(() -> spark.sql(sql, Map.of("most", 110)))
          .isInstanceOf(AnalysisException.class)
          .hasMessage(
              "Cannot run the statement at line 1, column 1: a SELECT of the database cannot"
                  + " have parameters; write the values into the SELECT, or let Spark execute it (set"
                  + " spark.seeql.relations=spark)");
    } finally {
      spark.conf().unset("spark.seeql.relations");
    }
  }

  @Test
  void putsParametersIntoASelectOfSparks() {
    pictures(spark, "chosen");

    Dataset<Row> shown =
        spark.sql(
            shown("SELECT * FROM chosen WHERE path = :path", IMAGE_DIR),
            Map.of("path", RunFixture.imageFiles().get(0)));

    assertThat(texts(shown.select("image_id").distinct()))
        .containsExactly(RunFixture.imageFiles().get(0));
  }

  @Test
  void refusesALimitOfFailuresWhereRowsAreOnlyShown() {
    assertThatThrownBy(() -> spark.sql(shown("SELECT * FROM images", "--max-failed-images=0")))
        .isInstanceOf(AnalysisException.class)
        .hasMessage(LIMIT_OF_SHOWN);
    assertThatThrownBy(
            () -> spark.sql("SELECT * FROM images TO FIND dog WITH max_failed_images = 0"))
        .isInstanceOf(AnalysisException.class)
        .hasMessage(LIMIT_OF_SHOWN);
  }

  @Test
  void leavesTheJobGroupOfTheThreadAsItWas() {
    SparkContext context = spark.sparkContext();
    context.setJobGroup("a cell", "my words", false);
    try {
      one(RunFixture.detection("SELECT * FROM images LIMIT 1", "main.grouped"));

      assertThat(GROUP_PROPERTIES.stream().map(context::getLocalProperty))
          .containsExactly("a cell", "my words", "false");
      assertThat(CollectionConverters.asJava(context.getJobTags())).isEmpty();
      assertThat(context.statusTracker().getJobIdsForGroup("a cell")).isNotEmpty();
    } finally {
      context.clearJobGroup();
    }
  }

  @Test
  void explainsWhatIsShownWithSparksPlan() {
    Row explained = one("EXPLAIN " + shown("SELECT id, 'a.jpg' AS path FROM range(3)"));

    assertThat(explained.<String>getAs("document")).contains("\"models\":\"scout\"");
    assertThat(explained.<String>getAs("plan"))
        .contains(
            "models         scout", "target         none: rows are only shown", "MapPartitions");
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
                + " jdbc:mysql://HOST[:PORT]/DATABASE, or to embedded:FOLDER for an embedded database in that folder");
  }
}
