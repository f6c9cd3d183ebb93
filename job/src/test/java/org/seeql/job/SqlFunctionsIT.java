package org.seeql.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.job.jdbc.DatabaseConnector;

class SqlFunctionsIT {
  private static RunFixture fixture;
  private static SparkSession spark;
  private static LongAccumulator opened;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    fixture.detect("SELECT * FROM images", "function_scout", "--confidence=0.1");
    DatabaseConnector connector = fixture.database().connector();
    spark = TestSpark.session().newSession();
    spark.conf().set("spark.seeql.database", connector.url());
    spark.conf().set("spark.seeql.user", connector.user());
    spark.conf().set("spark.seeql.password", connector.password());
    spark.conf().set("spark.seeql.image_dir", RunFixture.IMAGES.toString());
    SparkSession.setActiveSession(spark);
    opened = spark.sparkContext().longAccumulator("opened");
    view("pictures", RunFixture.imageFiles());
  }

  /** A view of paths, which counts those that are read. */
  private static void view(String name, List<String> paths) {
    spark
        .createDataset(paths, Encoders.STRING())
        .coalesce(1)
        .map(
            (MapFunction<String, String>)
                path -> {
                  opened.add(1);
                  return path;
                },
            Encoders.STRING())
        .toDF("path")
        .selectExpr("path", "length(path) AS letters", "monotonically_increasing_id() AS id")
        .createOrReplaceTempView(name);
  }

  private static List<String> rows(String sql) {
    return text(spark.sql(sql));
  }

  private static List<String> text(Dataset<Row> frame) {
    return frame.collectAsList().stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(i -> String.valueOf(row.get(i)))
                    .collect(Collectors.joining("|")))
        .toList();
  }

  /** How many times a query has images looked at. */
  private static int looks(String sql) {
    String plan = spark.sql(sql).queryExecution().optimizedPlan().toString();
    return plan.split("EvaluateImages", -1).length - 1;
  }

  @Test
  void detectsWhatARunWritesOfTheSameImages() throws Exception {
    List<String> seen =
        rows(
            "SELECT path, place + 1, d.class_id, d.label, d.score, d.box.* FROM (SELECT path,"
                + " posexplode(detect(path, 'model=scout, confidence=0.1')) AS (place, d) FROM"
                + " pictures)");

    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(
            fixture
                .database()
                .query(
                    "SELECT file_name, detection, class_id, label, score, x_min, y_min, x_max,"
                        + " y_max FROM function_scout"))
        .hasSizeGreaterThan(RunFixture.IMAGE_COUNT);
  }

  @Test
  void classifiesWhatARunWritesOfTheSameImages() throws Exception {
    fixture.summary(
        "SELECT * FROM images TO RUN any/image CMD 'classify', '--model=places', '--top_k=2' INTO"
            + " function_places");

    assertThat(
            rows(
                "SELECT path, place + 1, c.class_id, c.label, c.score FROM pictures LATERAL VIEW"
                    + " posexplode(classify(path, 'model=places,top_k=2')) AS place, c"))
        .containsExactlyInAnyOrderElementsOf(
            fixture
                .database()
                .query("SELECT file_name, place, class_id, label, score FROM function_places"));
  }

  @Test
  void findsImagesThatShowAnObject() throws Exception {
    List<String> expected =
        fixture
            .database()
            .query(
                "SELECT DISTINCT file_name FROM function_scout WHERE label = 'person' AND score >="
                    + " 0.4");

    assertThat(
            rows(
                "SELECT path FROM pictures WHERE has_object(path, 'person', 'model=scout,"
                    + " confidence=0.4')"))
        .containsExactlyInAnyOrderElementsOf(expected)
        .isNotEmpty()
        .hasSizeLessThan(RunFixture.IMAGE_COUNT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "detect(path, 'model=scout, confidence=0.4')",
        "detect(path, map('model', 'scout', 'confidence', '0.4'))",
        "detect(path, model => 'scout', confidence => 0.4)",
        "detect(path, 'scout', confidence => 0.4)",
        "detect(path, concat('model=', 'scout', ',Confidence=', 2 / 5))",
      })
  void takesOptionsInSeveralForms(String call) {
    List<String> expected =
        rows(
            "SELECT path, filter(detect(path, 'model=scout, confidence=0.1'), d -> d.score >= 0.4)"
                + " FROM pictures ORDER BY path");

    assertThat(rows("SELECT path, " + call + " FROM pictures ORDER BY path")).isEqualTo(expected);
  }

  @Test
  void takesTheModelOfTheSession() {
    spark.conf().set("spark.seeql.model", "scout");
    spark.conf().set("spark.seeql.confidence", "0.1");
    try {
      assertThat(rows("SELECT detect(path) FROM pictures"))
          .isEqualTo(rows("SELECT detect(path, 'scout', confidence => 0.1) FROM pictures"));
    } finally {
      spark.conf().unset("spark.seeql.model");
      spark.conf().unset("spark.seeql.confidence");
    }
  }

  @Test
  void seesTheSameInContentsAsInFiles() {
    spark
        .read()
        .format("binaryFile")
        .load(RunFixture.IMAGES.toString())
        .createOrReplaceTempView("files");

    assertThat(
            rows(
                "SELECT count(*), count_if(detect(path, 'scout') = detect(content, 'scout')) FROM"
                    + " files"))
        .containsExactly("100|100");
  }

  @Test
  void looksOnceForCallsThatAreTheSame() {
    String query =
        "SELECT detect(path, 'scout'), detect(path, 'model=scout')[0].label, detect_error(path,"
            + " 'scout'), has_object(path, 'dog', 'scout') FROM pictures WHERE has_object(path,"
            + " 'person', 'scout') OR has_object(path, 'car', 'scout') ORDER BY size(detect(path,"
            + " 'scout'))";

    assertThat(looks(query)).isEqualTo(1);
    assertThat(rows(query)).isNotEmpty();
  }

  @Test
  void looksOnceForAFilterOverAQueryThatCalls() {
    String query =
        "SELECT p, d FROM (SELECT path AS p, detect(path, 'scout') AS d FROM pictures) WHERE"
            + " size(d) > 1";

    assertThat(looks(query)).isEqualTo(1);
    assertThat(rows(query))
        .isNotEmpty()
        .allMatch(row -> row.contains("WrappedArray") || row.contains("ArraySeq"));
  }

  @Test
  void readsOnlyTheRowsThatOtherConditionsLeave() {
    opened.reset();
    String shortest = RunFixture.imageFiles().get(0);

    List<String> seen =
        rows(
            "SELECT path, detect(path, 'scout') IS NOT NULL FROM pictures WHERE has_object(path,"
                + " 'dog', 'scout') IS NOT NULL AND path = '"
                + shortest
                + "'");

    assertThat(seen).containsExactly(shortest + "|true");
    assertThat(
            images(
                "SELECT detect(path, 'scout') FROM pictures WHERE has_object(path, 'dog', 'scout') IS"
                    + " NOT NULL AND path = '"
                    + shortest
                    + "'"))
        .isEqualTo(1);
  }

  /** How many images the nodes of a query have looked at. */
  private static long images(String sql) {
    Dataset<Row> frame = spark.sql(sql);
    frame.collectAsList();
    return SparkPlans.metric(frame, "images");
  }

  @Test
  void asksALaterModelOnlyAboutWhatAnEarlierLeaves() throws Exception {
    long people =
        Long.parseLong(
            fixture
                .database()
                .query(
                    "SELECT COUNT(DISTINCT file_name) FROM function_scout WHERE label = 'person'"
                        + " AND score >= 0.25")
                .get(0));

    assertThat(
            images(
                "SELECT path FROM pictures WHERE has_object(path, 'person', 'scout') AND"
                    + " classify(path, 'places')[0].label <> 'nowhere'"))
        .isEqualTo(RunFixture.IMAGE_COUNT + people);
  }

  @Test
  void asksTwoModelsInOneQuery() {
    String query =
        "SELECT path, detect(path, 'scout'), classify(path, 'places')[0].label FROM pictures";

    assertThat(looks(query)).isEqualTo(2);
    assertThat(rows(query)).hasSize(RunFixture.IMAGE_COUNT).noneMatch(row -> row.contains("null"));
  }

  @Test
  void readsFewImagesForALimit() {
    view(
        "many",
        Collections.nCopies(40, RunFixture.imageFiles()).stream().flatMap(List::stream).toList());
    opened.reset();

    assertThat(rows("SELECT path, detect(path, 'scout') FROM many LIMIT 10")).hasSize(10);

    assertThat(opened.value()).isBetween(10L, 300L);
  }

  @Test
  void looksAtNoMoreThanALimitLeavesOfAnOrder() {
    assertThat(
            images(
                "SELECT path, detect(path, 'scout') FROM pictures ORDER BY letters, id DESC LIMIT"
                    + " 3"))
        .isEqualTo(3);
    assertThat(rows("SELECT path, detect(path, 'scout') FROM pictures ORDER BY path DESC LIMIT 3"))
        .isEqualTo(
            rows("SELECT path, detect(path, 'scout') FROM pictures ORDER BY path DESC")
                .subList(0, 3));
  }

  @Test
  void looksAtNothingThatNobodyAsksFor() {
    assertThat(looks("SELECT path FROM (SELECT path, detect(path, 'scout') AS d FROM pictures)"))
        .isZero();
  }

  @Test
  void groupsByWhatIsSeen() throws Exception {
    assertThat(
            rows(
                "SELECT d.label, count(*) FROM pictures LATERAL VIEW explode(detect(path,"
                    + " 'scout', confidence => 0.1)) AS d GROUP BY d.label"))
        .containsExactlyInAnyOrderElementsOf(
            fixture.database().query("SELECT label, COUNT(*) FROM function_scout GROUP BY label"));
    assertThat(
            rows(
                "SELECT has_object(path, 'person', 'scout'), count(*) FROM pictures GROUP BY"
                    + " has_object(path, 'person', 'scout') ORDER BY 1"))
        .hasSize(2);
  }

  @Test
  void looksAtTheSideOfAJoinThatHasTheImage() {
    assertThat(
            rows(
                "SELECT count(*) FROM pictures a LEFT JOIN pictures b ON a.path = b.path AND"
                    + " has_object(b.path, 'person', 'scout')"))
        .containsExactly("24");
    assertThat(
            rows(
                "SELECT count(*) FROM pictures a JOIN (SELECT 1 AS one) b ON"
                    + " has_object(substr(a.path, b.one), 'person', 'scout')"))
        .isEqualTo(rows("SELECT count(*) FROM pictures WHERE has_object(path, 'person', 'scout')"));
  }

  @Test
  void givesNullForWhatItCannotSee() throws Exception {
    Files.writeString(directory.resolve("text.jpg"), "not an image");
    spark
        .sql(
            "SELECT * FROM VALUES ('%1$s/text.jpg'), ('%1$s/missing.jpg'), (NULL) AS t(path)"
                .formatted(directory))
        .createOrReplaceTempView("bad");

    assertThat(
            rows(
                "SELECT detect(path, 'scout', image_dir => '%s'), detect_error(path, 'scout',"
                        .formatted(directory)
                    + " image_dir => '%s') FROM bad".formatted(directory)))
        .containsExactly(
            "null|Not an image: the file starts with 6e 6f 74 20 61 6e 20 69; JPEG, PNG, WebP, GIF"
                + " and BMP are known",
            "null|There is no such file: " + directory.resolve("missing.jpg"),
            "null|null");
    assertThat(
            rows(
                "SELECT has_object(path, 'dog', 'scout', image_dir => '%s') FROM bad"
                    .formatted(directory)))
        .containsOnly("null");
    assertThatThrownBy(
            () ->
                rows(
                    "SELECT detect(path, 'scout', on_failure => 'fail', image_dir => '%s') FROM bad WHERE path LIKE '%%text%%'"
                        .formatted(directory)))
        .rootCause()
        .hasMessageStartingWith("Cannot decode an image: Not an image: the file starts with");
  }

  @Test
  void describesFilesByTheirHeaders() throws Exception {
    Files.writeString(directory.resolve("text.jpg"), "not an image");
    String first = RunFixture.imageFiles().get(0);
    Path file = RunFixture.IMAGES.resolve(first);
    BufferedImage decoded = ImageIO.read(file.toFile());

    assertThat(
            rows(
                "SELECT i.* FROM (SELECT image_info(path) AS i FROM pictures WHERE path = '"
                    + first
                    + "')"))
        .containsExactly(
            "%d|%d|JPEG|%d|1|null"
                .formatted(decoded.getWidth(), decoded.getHeight(), Files.size(file)));
    assertThat(
            rows(
                "SELECT i.*, image_info(NULL) FROM (SELECT image_info('text.jpg', image_dir => '%s') AS i)"
                    .formatted(directory)))
        .containsExactly(
            "null|null|null|12|null|Not an image: the file starts with 6e 6f 74 20 61 6e 20 69;"
                + " JPEG, PNG, WebP, GIF and BMP are known|null");
  }

  @Test
  void looksAtOneImageWithoutATable() {
    assertThat(rows("SELECT size(detect('" + RunFixture.imageFiles().get(0) + "', 'scout')) >= 0"))
        .containsExactly("true");
  }

  @Test
  void looksAtNothingOfAnEmptyTable() {
    assertThat(rows("SELECT detect(path, 'scout') FROM pictures WHERE path > 'zzz'")).isEmpty();
  }

  @Test
  void looksOnceAtWhatIsCached() {
    Dataset<Row> cached =
        spark.sql("SELECT path, detect(path, 'scout') AS d FROM pictures").cache();
    try {
      List<String> first = text(cached);
      opened.reset();

      assertThat(text(cached)).isEqualTo(first);
      assertThat(rows("SELECT path, detect(path, 'scout') AS d FROM pictures")).isEqualTo(first);
      assertThat(opened.value()).isZero();
    } finally {
      cached.unpersist(true);
    }
  }

  @Test
  void goesOnAfterAQueryThatFailed() {
    assertThatThrownBy(
            () -> rows("SELECT detect(path, 'scout'), raise_error('enough') FROM pictures"))
        .hasMessageContaining("enough");

    assertThat(rows("SELECT detect(path, 'scout') FROM pictures")).hasSize(RunFixture.IMAGE_COUNT);
  }

  /** A table of files, several of which one task reads. */
  private void files(String name, String sql) {
    String folder = directory.resolve(name).toString();
    spark.sql(sql).repartition(8).write().parquet(folder);
    spark.read().parquet(folder).createOrReplaceTempView(name);
  }

  @Test
  void tellsWhichFileARowIsOf() {
    files("in_files", "SELECT path, letters FROM pictures");
    spark.conf().set("spark.sql.files.minPartitionNum", "1");
    spark.conf().set("spark.sql.files.openCostInBytes", "0");
    try {
      List<String> expected = rows("SELECT path, input_file_name() FROM in_files ORDER BY path");

      assertThat(
              rows(
                  "SELECT p, f FROM (SELECT path AS p, input_file_name() AS f, detect(path, 'scout')"
                      + " AS d FROM in_files) WHERE d IS NOT NULL ORDER BY p"))
          .isEqualTo(expected);
      assertThat(
              rows(
                  "SELECT path, input_file_name() FROM in_files WHERE has_object(path, 'dog',"
                      + " 'scout') IS NOT NULL ORDER BY path"))
          .isEqualTo(expected);
      assertThat(
              rows(
                  "SELECT count(*) FROM (SELECT path, input_file_name() AS f FROM in_files WHERE"
                      + " image_info(path).width > 0)"))
          .containsExactly("24");
    } finally {
      spark.conf().unset("spark.sql.files.minPartitionNum");
      spark.conf().unset("spark.sql.files.openCostInBytes");
    }
  }

  @Test
  void numbersRowsAsIfNothingWereCalled() {
    String numbered =
        "SELECT path, monotonically_increasing_id() AS n%s FROM pictures ORDER BY path DESC LIMIT 3";

    assertThat(
            rows(
                "SELECT path, n FROM ("
                    + numbered.formatted(", detect(path, 'scout') AS d")
                    + ") WHERE d IS NOT NULL"))
        .isEqualTo(rows(numbered.formatted("")));
  }

  @Test
  void looksAtWhatAGroupByLeaves() {
    view(
        "twice",
        Collections.nCopies(2, RunFixture.imageFiles()).stream().flatMap(List::stream).toList());
    String last = Collections.max(RunFixture.imageFiles());

    assertThat(
            rows(
                "SELECT count(*), sum(n), count(d) FROM (SELECT path, count(*) AS n, detect(path,"
                    + " 'scout') AS d FROM twice GROUP BY path)"))
        .containsExactly("24|48|24");
    assertThat(images("SELECT path, count(*), detect(path, 'scout') FROM twice GROUP BY path"))
        .isEqualTo(24);
    assertThat(
            rows(
                "SELECT max(path), size(detect(max(path), 'scout')), count_if(has_object(path,"
                    + " 'person', 'scout')) FROM pictures"))
        .isEqualTo(
            rows(
                "SELECT '%1$s', size(detect('%1$s', 'scout')), count(*) FROM pictures WHERE has_object(path, 'person', 'scout')"
                    .formatted(last)));
    assertThat(
            rows(
                "SELECT letters, has_object(max(path), 'person', 'scout') FROM pictures GROUP BY"
                    + " letters HAVING size(detect(max(path), 'scout')) >= 0"))
        .isNotEmpty();
  }

  @Test
  void looksAgainAtWhatIsDistinct() {
    assertThat(
            rows(
                "SELECT path, detect(path, 'scout') FROM (SELECT DISTINCT path FROM pictures WHERE"
                    + " has_object(path, 'person', 'scout')) ORDER BY path"))
        .isEqualTo(
            rows(
                "SELECT path, detect(path, 'scout') FROM pictures WHERE has_object(path, 'person',"
                    + " 'scout') ORDER BY path"))
        .isNotEmpty();
  }

  @Test
  void takesAnImageThatIsLeftToChance() {
    assertThat(
            rows(
                "SELECT count(*) FROM pictures WHERE has_object(concat(path, substr(uuid(), 1, 0)),"
                    + " 'person', 'scout')"))
        .isEqualTo(rows("SELECT count(*) FROM pictures WHERE has_object(path, 'person', 'scout')"));
  }

  @Test
  void broadcastsNothingThatTakesLookingAtImages() {
    String query =
        "SELECT a.letters FROM pictures a JOIN (SELECT letters AS l FROM pictures WHERE %s) b ON"
            + " a.letters = b.l AND a.path < 'b'";

    assertThat(plan(query.formatted("path > 'a'"))).contains("Build");
    assertThat(plan(query.formatted("has_object(path, 'dog', 'scout')")))
        .doesNotContain("BuildRight");
  }

  private static String plan(String sql) {
    return spark.sql(sql).queryExecution().executedPlan().toString();
  }

  @Test
  void readsNoColumnThatNobodyAsksFor() {
    String before = spark.conf().get("spark.sql.sources.useV1SourceList");
    spark.conf().set("spark.sql.sources.useV1SourceList", "");
    try {
      files("wide", "SELECT path, letters, id FROM pictures");

      assertThat(plan("SELECT size(detect(path, 'scout')) FROM wide"))
          .contains("ReadSchema: struct<path:string>");
      assertThat(plan("SELECT letters FROM wide WHERE has_object(path, 'dog', 'scout')"))
          .contains("ReadSchema: struct<path:string,letters:int>");
    } finally {
      spark.conf().set("spark.sql.sources.useV1SourceList", before);
    }
  }

  @Test
  void endsItsThreadsWithAPartitionOfSeveralInATask() {
    Dataset<Row> merged =
        spark
            .createDataset(
                Collections.nCopies(3, RunFixture.imageFiles()).stream()
                    .flatMap(List::stream)
                    .toList(),
                Encoders.STRING())
            .toDF("path")
            .repartition(60)
            .selectExpr("image_info(path).width AS width")
            .coalesce(1);

    assertThat(
            merged.map((MapFunction<Row, Long>) row -> readers(), Encoders.LONG()).collectAsList())
        .hasSize(72)
        .allMatch(threads -> threads < 20);
  }

  private static long readers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("seeql-header"))
        .count();
  }

  @Test
  void explainsInWords() {
    List<String> plan =
        rows("EXPLAIN SELECT detect(path, 'scout') FROM pictures WHERE letters > 3");

    assertThat(plan.get(0))
        .containsPattern(
            "EvaluateImages model scout, confidence 0.25, batches as the device likes, of \\w+#\\d+,"
                + " as image_result#\\d+\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "detect(path, 'skout');Unknown model 'skout'; known: scout, places",
        "detect(path, 'model=scout,confidense=1');Unknown option 'confidense'; known: confidence,",
        "detect(path, 'scout', confidence => 2);Invalid value for confidence: '2' (a number from 0"
            + " to 1); it comes from detect(…)",
        "detect(path);Cannot call detect without a model: say detect(path, 'a model'), or set"
            + " spark.seeql.model",
        "detect(letters, 'scout');detect takes a path (string) or the bytes of a file (binary), and"
            + " not int",
        "detect(path, path);detect takes a constant for options, and not ",
        "detect(path, 'places');Model 'places' can only classify: use classify(…)",
        "classify(path, 'scout');Model 'scout' can only detect: use detect(…)",
        "detect(path, 'scout', 'x');Too many arguments of detect: detect(path [, 'model' |",
        "detect(path, 'a=b, c');Cannot read the options 'a=b, c' of detect: 'c' is not of the form"
            + " name=value",
        "has_object(path, 'dgo', 'scout');Unknown class 'dgo'; known: dog,",
        "has_object(path);Cannot call has_object without a class: has_object(path, 'class'",
        "detect(path, 'scout', image_dir => '/nowhere');Invalid image_dir '/nowhere': there is no"
            + " such folder",
        "detect(path, 'scout', on_failure => 'drop');Invalid value for on_failure: 'drop' (keep or"
            + " fail); it comes from detect(…)",
        "image_info();Cannot call image_info without an image: image_info(path",
      })
  void refusesBeforeAnythingRuns(String call, String message) {
    assertThatThrownBy(() -> spark.sql("SELECT " + call + " FROM pictures"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageStartingWith(message);
  }
}
