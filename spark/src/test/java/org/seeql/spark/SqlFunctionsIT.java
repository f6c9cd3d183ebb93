package org.seeql.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.job.fixture.RunFixture;

/** The results of calls. */
class SqlFunctionsIT {
  private static RunFixture fixture;
  private static PictureQueries pictures;
  private static SparkSession spark;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    pictures = PictureQueries.shared();
    spark = pictures.spark();
  }

  @Test
  void detectsWhatARunWritesOfTheSameImages() throws Exception {
    List<String> seen =
        pictures.rows(
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
            pictures.rows(
                "SELECT path, place + 1, c.class_id, c.label, c.score FROM pictures LATERAL VIEW"
                    + " posexplode(classify(path, 'model=places,top_k=2')) AS place, c"))
        .containsExactlyInAnyOrderElementsOf(
            fixture
                .database()
                .query("SELECT file_name, place, class_id, label, score FROM function_places"));
  }

  private static void create(String model, String options) {
    fixture.execute(
        "CREATE OR REPLACE MODEL %s OPTIONS (uri = 'models/places.onnx', normalization = 'none', %s)"
            .formatted(model, options));
  }

  @Test
  void tagsWhatARunWritesOfTheSameImages() throws Exception {
    create("place_tags", "layout = 'tagging', labels = 'models/places.labels.txt'");
    fixture.summary(
        "SELECT * FROM images TO RUN any/image CMD 'tag', '--model=place_tags',"
            + " '--confidence=0.01' INTO function_tags");

    assertThat(
            pictures.rows(
                "SELECT path, place + 1, t.class_id, t.label, t.score FROM pictures LATERAL VIEW"
                    + " posexplode(tag(path, 'model=place_tags, confidence=0.01')) AS place, t"))
        .containsExactlyInAnyOrderElementsOf(
            fixture
                .database()
                .query("SELECT file_name, place, class_id, label, score FROM function_tags"))
        .hasSizeGreaterThan(RunFixture.IMAGE_COUNT);
    assertThat(
            pictures.rows(
                "SELECT count_if(size(tag(path, 'place_tags', confidence => 0.999)) = 0) FROM"
                    + " pictures"))
        .isEqualTo(
            fixture
                .database()
                .query(
                    "SELECT COUNT(*) FROM images WHERE image_id NOT IN (SELECT image_id FROM"
                        + " function_tags WHERE score >= 0.999)"));
  }

  @Test
  void embedsWhatARunWritesOfTheSameImages() throws Exception {
    create("place_vectors", "layout = 'embedding'");
    for (String unit : List.of("false", "true")) {
      fixture.summary(
          "SELECT * FROM images TO RUN any/image CMD 'embed', '--model=place_vectors',"
              + " '--l2_normalize=%s' INTO function_vectors".formatted(unit));

      List<String> vectors =
          pictures.rows(
              "SELECT path, array_join(transform(v, x -> string(x)), ' ') FROM (SELECT path, embed(path, 'place_vectors', l2_normalize => %s)"
                      .formatted(unit)
                  + " AS v FROM pictures) ORDER BY path");

      assertThat(vectors)
          .containsExactlyElementsOf(
              fixture
                  .database()
                  .query(
                      "SELECT file_name, HEX(embedding) FROM function_vectors ORDER BY file_name")
                  .stream()
                  .map(SqlFunctionsIT::withFloats)
                  .toList());
    }
    assertThat(
            pictures
                .spark()
                .sql(
                    "SELECT embed(path, 'place_vectors') AS v, embed_error(path, 'place_vectors')"
                        + " AS e FROM pictures")
                .schema()
                .toDDL())
        .isEqualTo("v ARRAY<FLOAT>,e STRING");
  }

  /** A path and the numbers of a vector, from its bytes. */
  private static String withFloats(String row) {
    int end = row.indexOf('|');
    ByteBuffer bytes =
        ByteBuffer.wrap(HexFormat.of().parseHex(row.substring(end + 1)))
            .order(ByteOrder.LITTLE_ENDIAN);
    List<String> floats = new ArrayList<>();
    while (bytes.hasRemaining()) {
      floats.add(Float.toString(bytes.getFloat()));
    }
    return row.substring(0, end + 1) + String.join(" ", floats);
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
            pictures.rows(
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
        pictures.rows(
            "SELECT path, filter(detect(path, 'model=scout, confidence=0.1'), d -> d.score >= 0.4)"
                + " FROM pictures ORDER BY path");

    assertThat(pictures.rows("SELECT path, " + call + " FROM pictures ORDER BY path"))
        .isEqualTo(expected);
  }

  @Test
  void takesTheModelOfTheSession() {
    spark.conf().set("spark.seeql.model", "scout");
    spark.conf().set("spark.seeql.confidence", "0.1");
    try {
      assertThat(pictures.rows("SELECT detect(path) FROM pictures"))
          .isEqualTo(
              pictures.rows("SELECT detect(path, 'scout', confidence => 0.1) FROM pictures"));
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
            pictures.rows(
                "SELECT count(*), count_if(detect(path, 'scout') = detect(content, 'scout')) FROM"
                    + " files"))
        .containsExactly("100|100");
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
            pictures.rows(
                "SELECT detect(path, 'scout', image_dir => '%s'), detect_error(path, 'scout',"
                        .formatted(directory)
                    + " image_dir => '%s') FROM bad".formatted(directory)))
        .containsExactly(
            "null|Not an image: the file starts with 6e 6f 74 20 61 6e 20 69; supported formats:"
                + " JPEG, PNG, WebP, GIF, BMP and TIFF",
            "null|There is no such file: " + directory.resolve("missing.jpg"),
            "null|null");
    assertThat(
            pictures.rows(
                "SELECT has_object(path, 'dog', 'scout', image_dir => '%s') FROM bad"
                    .formatted(directory)))
        .containsOnly("null");
    assertThatThrownBy(
            () ->
                pictures.rows(
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
            pictures.rows(
                "SELECT i.* FROM (SELECT image_info(path) AS i FROM pictures WHERE path = '"
                    + first
                    + "')"))
        .containsExactly(
            "%d|%d|JPEG|%d|1|null"
                .formatted(decoded.getWidth(), decoded.getHeight(), Files.size(file)));
    assertThat(
            pictures.rows(
                "SELECT i.*, image_info(NULL) FROM (SELECT image_info('text.jpg', image_dir => '%s') AS i)"
                    .formatted(directory)))
        .containsExactly(
            "null|null|null|12|null|Not an image: the file starts with 6e 6f 74 20 61 6e 20 69;"
                + " supported formats: JPEG, PNG, WebP, GIF, BMP and TIFF|null");
  }

  @Test
  void looksAtOneImageWithoutATable() {
    assertThat(
            pictures.rows(
                "SELECT size(detect('" + RunFixture.imageFiles().get(0) + "', 'scout')) >= 0"))
        .containsExactly("true");
  }

  @Test
  void looksAtNothingOfAnEmptyTable() {
    assertThat(pictures.rows("SELECT detect(path, 'scout') FROM pictures WHERE path > 'zzz'"))
        .isEmpty();
  }

  @Test
  void goesOnAfterAQueryThatFailed() {
    assertThatThrownBy(
            () ->
                pictures.rows("SELECT detect(path, 'scout'), raise_error('enough') FROM pictures"))
        .hasMessageContaining("enough");

    assertThat(pictures.rows("SELECT detect(path, 'scout') FROM pictures"))
        .hasSize(RunFixture.IMAGE_COUNT);
  }

  @Test
  void explainsInWords() {
    List<String> plan =
        pictures.rows("EXPLAIN SELECT detect(path, 'scout') FROM pictures WHERE letters > 3");

    assertThat(plan.get(0))
        .containsPattern(
            "EvaluateImages model scout, confidence 0.25, automatic batch size, of \\w+#\\d+,"
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
        "detect(path);Cannot call detect without a model: use detect(path, 'a model'), or set"
            + " spark.seeql.model",
        "detect(letters, 'scout');detect takes a path (string) or the bytes of a file (binary), not int",
        "detect(path, path);detect takes a constant for options, not ",
        "detect(path, 'places');Model 'places' can only classify: use classify(…)",
        "classify(path, 'scout');Model 'scout' can only detect: use detect(…)",
        "detect(path, 'scout', 'x');Too many arguments for detect: detect(path [, 'model' |",
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
