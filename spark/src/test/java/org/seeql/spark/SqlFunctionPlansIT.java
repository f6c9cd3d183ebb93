package org.seeql.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
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
import org.seeql.job.fixture.RunFixture;

/** Where in a query images are processed, and how many. */
class SqlFunctionPlansIT {
  private static RunFixture fixture;
  private static PictureQueries pictures;
  private static SparkSession spark;
  private static LongAccumulator opened;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    pictures = PictureQueries.shared();
    spark = pictures.spark();
    opened = pictures.opened();
  }

  @Test
  void looksOnceForCallsThatAreTheSame() {
    String query =
        "SELECT detect(path, 'scout'), detect(path, 'model=scout')[0].label, detect_error(path,"
            + " 'scout'), has_object(path, 'dog', 'scout') FROM pictures WHERE has_object(path,"
            + " 'person', 'scout') OR has_object(path, 'car', 'scout') ORDER BY size(detect(path,"
            + " 'scout'))";

    assertThat(pictures.looks(query)).isEqualTo(1);
    assertThat(pictures.rows(query)).isNotEmpty();
  }

  @Test
  void looksOnceForAFilterOverAQueryThatCalls() {
    String query =
        "SELECT p, d FROM (SELECT path AS p, detect(path, 'scout') AS d FROM pictures) WHERE"
            + " size(d) > 1";

    assertThat(pictures.looks(query)).isEqualTo(1);
    assertThat(pictures.rows(query))
        .isNotEmpty()
        .allMatch(row -> row.contains("WrappedArray") || row.contains("ArraySeq"));
  }

  @Test
  void readsOnlyTheRowsThatOtherConditionsLeave() {
    opened.reset();
    String shortest = RunFixture.imageFiles().get(0);

    List<String> seen =
        pictures.rows(
            "SELECT path, detect(path, 'scout') IS NOT NULL FROM pictures WHERE has_object(path,"
                + " 'dog', 'scout') IS NOT NULL AND path = '"
                + shortest
                + "'");

    assertThat(seen).containsExactly(shortest + "|true");
    assertThat(
            pictures.images(
                "SELECT detect(path, 'scout') FROM pictures WHERE has_object(path, 'dog', 'scout') IS"
                    + " NOT NULL AND path = '"
                    + shortest
                    + "'"))
        .isEqualTo(1);
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
            pictures.images(
                "SELECT path FROM pictures WHERE has_object(path, 'person', 'scout') AND"
                    + " classify(path, 'places')[0].label <> 'nowhere'"))
        .isEqualTo(RunFixture.IMAGE_COUNT + people);
  }

  @Test
  void asksTwoModelsInOneQuery() {
    String query =
        "SELECT path, detect(path, 'scout'), classify(path, 'places')[0].label FROM pictures";

    assertThat(pictures.looks(query)).isEqualTo(2);
    assertThat(pictures.rows(query))
        .hasSize(RunFixture.IMAGE_COUNT)
        .noneMatch(row -> row.contains("null"));
  }

  @Test
  void readsFewImagesForALimit() {
    pictures.view(
        "many",
        Collections.nCopies(40, RunFixture.imageFiles()).stream().flatMap(List::stream).toList());
    opened.reset();

    assertThat(pictures.rows("SELECT path, detect(path, 'scout') FROM many LIMIT 10")).hasSize(10);

    assertThat(opened.value()).isBetween(10L, 300L);
  }

  @Test
  void looksAtNoMoreThanALimitLeavesOfAnOrder() {
    assertThat(
            pictures.images(
                "SELECT path, detect(path, 'scout') FROM pictures ORDER BY letters, id DESC LIMIT"
                    + " 3"))
        .isEqualTo(3);
    assertThat(
            pictures.rows(
                "SELECT path, detect(path, 'scout') FROM pictures ORDER BY path DESC LIMIT 3"))
        .isEqualTo(
            pictures
                .rows("SELECT path, detect(path, 'scout') FROM pictures ORDER BY path DESC")
                .subList(0, 3));
  }

  @Test
  void looksAtNothingThatNobodyAsksFor() {
    assertThat(
            pictures.looks(
                "SELECT path FROM (SELECT path, detect(path, 'scout') AS d FROM pictures)"))
        .isZero();
  }

  @Test
  void groupsByWhatIsSeen() throws Exception {
    assertThat(
            pictures.rows(
                "SELECT d.label, count(*) FROM pictures LATERAL VIEW explode(detect(path,"
                    + " 'scout', confidence => 0.1)) AS d GROUP BY d.label"))
        .containsExactlyInAnyOrderElementsOf(
            fixture.database().query("SELECT label, COUNT(*) FROM function_scout GROUP BY label"));
    assertThat(
            pictures.rows(
                "SELECT has_object(path, 'person', 'scout'), count(*) FROM pictures GROUP BY"
                    + " has_object(path, 'person', 'scout') ORDER BY 1"))
        .hasSize(2);
  }

  @Test
  void looksAtTheSideOfAJoinThatHasTheImage() {
    assertThat(
            pictures.rows(
                "SELECT count(*) FROM pictures a LEFT JOIN pictures b ON a.path = b.path AND"
                    + " has_object(b.path, 'person', 'scout')"))
        .containsExactly("24");
    assertThat(
            pictures.rows(
                "SELECT count(*) FROM pictures a JOIN (SELECT 1 AS one) b ON"
                    + " has_object(substr(a.path, b.one), 'person', 'scout')"))
        .isEqualTo(
            pictures.rows(
                "SELECT count(*) FROM pictures WHERE has_object(path, 'person', 'scout')"));
  }

  @Test
  void refusesAnImageOfBothSidesOnlyInTheConditionOfTheJoin() {
    String call = "has_object(coalesce(b.path, a.path), 'person', 'scout')";
    String joined =
        "SELECT a.path FROM pictures a %s JOIN pictures b ON a.path = b.path %s " + call;

    for (String join : List.of("LEFT", "FULL OUTER", "LEFT SEMI", "LEFT ANTI")) {
      assertRefused(
          joined.formatted(join, "AND"),
          "cannot be used in JOIN; call it in the"
              + " SELECT list or the WHERE clause of a subquery");
    }
    assertThat(pictures.rows(joined.formatted("LEFT", "WHERE")))
        .hasSameElementsAs(pictures.rows(joined.formatted("", "AND")))
        .hasSameElementsAs(
            pictures.rows("SELECT path FROM pictures WHERE has_object(path, 'person', 'scout')"));
  }

  @Test
  void refusesAnImageOfASubqueryAndItsOuterQuery() {
    String exists =
        "SELECT a.path FROM pictures a WHERE EXISTS (SELECT 1 FROM pictures b WHERE a.path = b.path"
            + " AND has_object(%s, 'person', 'scout'))";

    assertRefused(
        exists.formatted("coalesce(b.path, a.path)"),
        "in a subquery cannot use columns of the"
            + " outer query; join the tables, and call it in the SELECT list or the WHERE clause");
    assertThat(pictures.rows(exists.formatted("b.path")))
        .hasSameElementsAs(pictures.rows(exists.formatted("a.path")))
        .hasSameElementsAs(
            pictures.rows("SELECT path FROM pictures WHERE has_object(path, 'person', 'scout')"));
  }

  /** The optimizer may have replaced {@code a.path} by {@code value}, which the view renames. */
  private static void assertRefused(String query, String reason) {
    assertThatThrownBy(() -> pictures.rows(query))
        .isInstanceOf(AnalysisException.class)
        .extracting(Throwable::getMessage)
        .isIn(
            "has_object(coalesce(b.path, a.path), 'person') " + reason,
            "has_object(coalesce(b.path, value), 'person') " + reason);
  }

  @Test
  void looksOnceAtWhatIsCached() {
    Dataset<Row> cached =
        spark.sql("SELECT path, detect(path, 'scout') AS d FROM pictures").cache();
    try {
      List<String> first = PictureQueries.text(cached);
      opened.reset();

      assertThat(PictureQueries.text(cached)).isEqualTo(first);
      assertThat(pictures.rows("SELECT path, detect(path, 'scout') AS d FROM pictures"))
          .isEqualTo(first);
      assertThat(opened.value()).isZero();
    } finally {
      cached.unpersist(true);
    }
  }

  @Test
  void tellsWhichFileARowIsOf() {
    pictures.files(directory, "in_files", "SELECT path, letters FROM pictures");
    spark.conf().set("spark.sql.files.minPartitionNum", "1");
    spark.conf().set("spark.sql.files.openCostInBytes", "0");
    try {
      List<String> expected =
          pictures.rows("SELECT path, input_file_name() FROM in_files ORDER BY path");

      assertThat(
              pictures.rows(
                  "SELECT p, f FROM (SELECT path AS p, input_file_name() AS f, detect(path, 'scout')"
                      + " AS d FROM in_files) WHERE d IS NOT NULL ORDER BY p"))
          .isEqualTo(expected);
      assertThat(
              pictures.rows(
                  "SELECT path, input_file_name() FROM in_files WHERE has_object(path, 'dog',"
                      + " 'scout') IS NOT NULL ORDER BY path"))
          .isEqualTo(expected);
      assertThat(
              pictures.rows(
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
            pictures.rows(
                "SELECT path, n FROM ("
                    + numbered.formatted(", detect(path, 'scout') AS d")
                    + ") WHERE d IS NOT NULL"))
        .isEqualTo(pictures.rows(numbered.formatted("")));
  }

  @Test
  void looksAtWhatAGroupByLeaves() {
    pictures.view(
        "twice",
        Collections.nCopies(2, RunFixture.imageFiles()).stream().flatMap(List::stream).toList());
    String last = Collections.max(RunFixture.imageFiles());

    assertThat(
            pictures.rows(
                "SELECT count(*), sum(n), count(d) FROM (SELECT path, count(*) AS n, detect(path,"
                    + " 'scout') AS d FROM twice GROUP BY path)"))
        .containsExactly("24|48|24");
    assertThat(
            pictures.images(
                "SELECT path, count(*), detect(path, 'scout') FROM twice GROUP BY path"))
        .isEqualTo(24);
    assertThat(
            pictures.rows(
                "SELECT max(path), size(detect(max(path), 'scout')), count_if(has_object(path,"
                    + " 'person', 'scout')) FROM pictures"))
        .isEqualTo(
            pictures.rows(
                "SELECT '%1$s', size(detect('%1$s', 'scout')), count(*) FROM pictures WHERE has_object(path, 'person', 'scout')"
                    .formatted(last)));
    assertThat(
            pictures.rows(
                "SELECT letters, has_object(max(path), 'person', 'scout') FROM pictures GROUP BY"
                    + " letters HAVING size(detect(max(path), 'scout')) >= 0"))
        .isNotEmpty();
  }

  @Test
  void looksAgainAtWhatIsDistinct() {
    assertThat(
            pictures.rows(
                "SELECT path, detect(path, 'scout') FROM (SELECT DISTINCT path FROM pictures WHERE"
                    + " has_object(path, 'person', 'scout')) ORDER BY path"))
        .isEqualTo(
            pictures.rows(
                "SELECT path, detect(path, 'scout') FROM pictures WHERE has_object(path, 'person',"
                    + " 'scout') ORDER BY path"))
        .isNotEmpty();
  }

  @Test
  void takesAnImageThatIsLeftToChance() {
    assertThat(
            pictures.rows(
                "SELECT count(*) FROM pictures WHERE has_object(concat(path, substr(uuid(), 1, 0)),"
                    + " 'person', 'scout')"))
        .isEqualTo(
            pictures.rows(
                "SELECT count(*) FROM pictures WHERE has_object(path, 'person', 'scout')"));
  }

  @Test
  void broadcastsNothingThatTakesLookingAtImages() {
    String query =
        "SELECT a.letters FROM pictures a JOIN (SELECT letters AS l FROM pictures WHERE %s) b ON"
            + " a.letters = b.l AND a.path < 'b'";

    assertThat(pictures.plan(query.formatted("path > 'a'"))).contains("Build");
    assertThat(pictures.plan(query.formatted("has_object(path, 'dog', 'scout')")))
        .doesNotContain("BuildRight");
  }

  @Test
  void readsNoColumnThatNobodyAsksFor() {
    String before = spark.conf().get("spark.sql.sources.useV1SourceList");
    spark.conf().set("spark.sql.sources.useV1SourceList", "");
    try {
      pictures.files(directory, "wide", "SELECT path, letters, id FROM pictures");

      assertThat(pictures.plan("SELECT size(detect(path, 'scout')) FROM wide"))
          .contains("ReadSchema: struct<path:string>");
      assertThat(pictures.plan("SELECT letters FROM wide WHERE has_object(path, 'dog', 'scout')"))
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
}
