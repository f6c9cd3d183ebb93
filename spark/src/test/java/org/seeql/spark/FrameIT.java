package org.seeql.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.JsonCells;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.job.fixture.RunFixture;
import org.seeql.job.fixture.TestSpark;
import org.seeql.job.inference.ModelAssignment;
import org.seeql.job.inference.ResultLayouts;
import org.seeql.job.model.ModelCache;
import org.seeql.job.model.ModelRepository;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.ResultShape;
import org.seeql.planner.plan.RunOptions;
import org.seeql.spark.frame.ClassifyOptions;
import org.seeql.spark.frame.DetectOptions;
import org.seeql.spark.frame.EmbedOptions;
import org.seeql.spark.frame.ImageColumn;
import org.seeql.spark.frame.ModelReference;
import org.seeql.spark.frame.OnFailure;
import org.seeql.spark.frame.Seeql;
import org.seeql.spark.frame.TagOptions;
import org.seeql.udf.model.ModelDescription;

class FrameIT {
  private static final String COLUMNS =
      "file_name, detection, class_id, label, score, x_min, y_min, x_max, y_max";
  private static final ModelReference SCOUT =
      ModelReference.file(
          RunFixture.DEMO.resolve("models/scout.onnx").toString(),
          Map.of(
              "layout",
              "yolov8",
              "input_size",
              "160",
              "labels",
              RunFixture.DEMO.resolve("models/scout.labels.txt").toString()));
  private static final ModelReference PLACES =
      ModelReference.file(
          RunFixture.DEMO.resolve("models/places.onnx").toString(),
          Map.of(
              "layout",
              "classification",
              "normalization",
              "none",
              "labels",
              RunFixture.DEMO.resolve("models/places.labels.txt").toString()));

  private static RunFixture fixture;
  private static SparkSession spark;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws Exception {
    fixture = RunFixture.shared();
    spark = TestSpark.session();
  }

  private static Dataset<Row> paths(List<String> paths) {
    return spark.createDataset(paths, Encoders.STRING()).toDF("path");
  }

  private static Dataset<Row> demo() {
    return paths(RunFixture.imageFiles());
  }

  private static DetectOptions scout() {
    return DetectOptions.model(SCOUT).withImageDir(RunFixture.IMAGES.toString());
  }

  @Test
  void seesWhatARunWritesOfTheSameImages() throws Exception {
    fixture.detect("SELECT * FROM images", "frame_expected", "--confidence=0.1");

    Dataset<Row> seen = Seeql.on(spark).detect(demo(), scout().withConfidence(0.1));

    assertThat(
            text(
                seen.selectExpr("path", "posexplode(detections) AS (place, d)")
                    .selectExpr(
                        "path", "place + 1", "d.class_id", "d.label", "d.score", "d.box.*")))
        .containsExactlyInAnyOrderElementsOf(
            fixture.database().query("SELECT " + COLUMNS + " FROM frame_expected"))
        .hasSizeGreaterThan(RunFixture.IMAGE_COUNT);
    assertThat(text(seen.select("path", "error")))
        .containsExactlyElementsOf(
            RunFixture.imageFiles().stream().map(file -> file + "|null").toList());
  }

  private static List<String> text(Dataset<Row> rows) {
    return rows.collectAsList().stream()
        .map(
            row ->
                IntStream.range(0, row.size())
                    .mapToObj(i -> String.valueOf(row.get(i)))
                    .collect(Collectors.joining("|")))
        .toList();
  }

  @Test
  void findsTheSameInContentsAsInFiles() {
    Dataset<Row> files = spark.read().format("binaryFile").load(RunFixture.IMAGES.toString());
    Seeql seeql = Seeql.on(spark);

    Dataset<Row> byPath = seeql.detect(files, DetectOptions.model(SCOUT));
    Dataset<Row> byContent =
        seeql.detect(files, DetectOptions.model(SCOUT).withImages(ImageColumn.content("content")));

    List<String> expected = text(byPath.select("path", "detections", "error"));
    assertThat(text(byContent.select("path", "detections", "error")))
        .containsExactlyElementsOf(expected)
        .hasSizeGreaterThanOrEqualTo(RunFixture.IMAGE_COUNT)
        .allMatch(row -> row.endsWith("|null"));
  }

  @Test
  void classifiesTheLikeliestClassFirst() throws Exception {
    fixture.summary(
        "SELECT * FROM images TO RUN any/image CMD 'classify', '--model=places', '--top_k=5' INTO"
            + " places_expected");

    Dataset<Row> seen =
        Seeql.on(spark)
            .classify(
                demo(), ClassifyOptions.model(PLACES).withImageDir(RunFixture.IMAGES.toString()));

    assertThat(
            text(
                seen.selectExpr("path", "posexplode(classes) AS (place, c)")
                    .selectExpr("path", "place + 1", "c.class_id", "c.label", "c.score")))
        .containsExactlyInAnyOrderElementsOf(
            fixture
                .database()
                .query("SELECT file_name, place, class_id, label, score FROM places_expected"));
  }

  private static ModelReference places(String layout, Map<String, String> options) {
    Map<String, String> all = new HashMap<>(options);
    all.put("layout", layout);
    all.put("normalization", "none");
    return ModelReference.file(RunFixture.DEMO.resolve("models/places.onnx").toString(), all);
  }

  @Test
  void tagsEveryClassThatReachesTheScore() throws Exception {
    fixture.summary(
        "SELECT * FROM images TO RUN any/image CMD 'classify', '--model=places', '--top_k=6' INTO"
            + " tags_expected");
    ModelReference model =
        places(
            "tagging",
            Map.of("labels", RunFixture.DEMO.resolve("models/places.labels.txt").toString()));

    Dataset<Row> seen =
        Seeql.on(spark)
            .tag(
                demo(),
                TagOptions.model(model)
                    .withConfidence(0.01)
                    .withImageDir(RunFixture.IMAGES.toString()));

    assertThat(
            text(
                seen.selectExpr("path", "posexplode(tags) AS (place, t)")
                    .selectExpr("path", "place + 1", "t.class_id", "t.label", "t.score")))
        .containsExactlyInAnyOrderElementsOf(
            fixture
                .database()
                .query(
                    "SELECT file_name, place, class_id, label, score FROM tags_expected WHERE score"
                        + " >= 0.01"))
        .hasSizeGreaterThan(RunFixture.IMAGE_COUNT);
  }

  @Test
  void embedsImagesAsFloats() {
    Dataset<Row> seen =
        Seeql.on(spark)
            .embed(
                demo(),
                EmbedOptions.model(places("embedding", Map.of()))
                    .withUnitVectors()
                    .withImageDir(RunFixture.IMAGES.toString()));

    assertThat(seen.schema().toDDL()).isEqualTo("path STRING,embedding ARRAY<FLOAT>,error STRING");
    assertThat(
            text(
                seen.selectExpr(
                    "size(embedding)",
                    "abs(aggregate(embedding, 0D, (sum, x) -> sum + x * x) - 1) < 1e-5",
                    "error")))
        .hasSize(RunFixture.IMAGE_COUNT)
        .containsOnly("6|true|null");
  }

  @ParameterizedTest
  @EnumSource(ResultShape.class)
  void showsTheRowsThatARunWrites(ResultShape shape) throws Exception {
    String table = "frame_" + shape;
    String runId = fixture.detect("SELECT * FROM images", table, "--result=" + shape).runId();
    ModelDescription model = registered("scout");
    ResultLayout layout =
        shape == ResultShape.WIDE
            ? ResultLayouts.wide(
                model, Set.of(), List.of(), "image_id", "file_name", problem -> fail(problem))
            : ResultLayouts.of(shape, model, "image_id", "file_name");
    Dataset<Row> shown =
        Seeql.on(spark)
            .predictions(
                numbered(),
                layout,
                new ModelAssignment.OneModel(model),
                RunOptions.parse(
                    OptionSet.of(Map.of("image_dir", RunFixture.IMAGES.toString()), "a test")),
                (images, failed, rows, firstFailure) -> {},
                runId);

    assertThat(JsonCells.alike(text(shown)))
        .containsExactlyInAnyOrderElementsOf(
            JsonCells.alike(
                fixture
                    .database()
                    .query("SELECT `" + String.join("`, `", shown.columns()) + "` FROM " + table)))
        .hasSizeGreaterThanOrEqualTo(RunFixture.IMAGE_COUNT);
  }

  private static Dataset<Row> numbered() {
    List<Row> rows = new ArrayList<>();
    for (String file : RunFixture.imageFiles()) {
      rows.add(RowFactory.create(file, (long) RunFixture.FIRST_ID + rows.size()));
    }
    return spark.createDataFrame(
        rows,
        new StructType()
            .add("file_name", DataTypes.StringType)
            .add("image_id", DataTypes.LongType));
  }

  private static ModelDescription registered(String name) throws Exception {
    try (DatabaseSession session = DatabaseSession.open(fixture.database().connector())) {
      return new ModelRepository(session, new ModelCache(Path.of("unused")), Path.of("unused"))
          .find(name)
          .orElseThrow()
          .description();
    }
  }

  private Dataset<Row> withBadImages() throws Exception {
    Files.copy(
        RunFixture.IMAGES.resolve(RunFixture.imageFiles().get(0)), directory.resolve("good.jpg"));
    Files.writeString(directory.resolve("text.jpg"), "not an image");
    List<Row> rows = new ArrayList<>();
    for (String file : List.of("good.jpg", "text.jpg", "missing.jpg", "../outside.jpg")) {
      rows.add(RowFactory.create(file));
    }
    rows.add(RowFactory.create((Object) null));
    return spark.createDataFrame(rows, new StructType().add("file_name", DataTypes.StringType));
  }

  @Test
  void keepsWhatItCannotReadWithTheReason() throws Exception {
    Dataset<Row> seen =
        Seeql.on(spark)
            .detect(withBadImages(), DetectOptions.model(SCOUT).withImageDir(directory.toString()));

    assertThat(text(seen.selectExpr("file_name", "detections IS NULL", "error")))
        .containsExactly(
            "good.jpg|false|null",
            "text.jpg|true|Not an image: the file starts with 6e 6f 74 20 61 6e 20 69; supported"
                + " formats: JPEG, PNG, WebP, GIF, BMP and TIFF",
            "missing.jpg|true|There is no such file: " + directory.resolve("missing.jpg"),
            "../outside.jpg|true|The path '../outside.jpg' leaves the image root " + directory,
            "null|true|The path is NULL");
  }

  @Test
  void leavesOutWhatItCannotReadWhenAskedTo() throws Exception {
    DetectOptions options =
        DetectOptions.model(SCOUT).withImageDir(directory.toString()).withOnFailure(OnFailure.DROP);

    Dataset<Row> seen = Seeql.on(spark).detect(withBadImages(), options);

    assertThat(text(seen.select("file_name"))).containsExactly("good.jpg");
  }

  @Test
  void failsForWhatItCannotReadWhenAskedTo() throws Exception {
    DetectOptions options =
        DetectOptions.model(SCOUT).withImageDir(directory.toString()).withOnFailure(OnFailure.FAIL);
    Dataset<Row> seen =
        Seeql.on(spark).detect(withBadImages().where("file_name = 'text.jpg'"), options);

    assertThatThrownBy(seen::count)
        .rootCause()
        .hasMessage(
            "Cannot decode the image 'text.jpg': Not an image: the file starts with 6e 6f 74 20 61"
                + " 6e 20 69; supported formats: JPEG, PNG, WebP, GIF, BMP and TIFF");
  }

  @Test
  void readsFewImagesForALimit() {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.addAll(RunFixture.imageFiles());
    }
    LongAccumulator opened = spark.sparkContext().longAccumulator("opened");
    Dataset<Row> counted =
        paths(many)
            .coalesce(1)
            .as(Encoders.STRING())
            .map(
                (MapFunction<String, String>)
                    path -> {
                      opened.add(1);
                      return path;
                    },
                Encoders.STRING())
            .toDF("path");

    List<Row> ten = Seeql.on(spark).detect(counted, scout()).limit(10).collectAsList();

    assertThat(ten).hasSize(10);
    assertThat(opened.value()).isBetween(10L, 300L);
  }

  @Test
  void refusesPathsThatStartNowhere() {
    Dataset<Row> seen = Seeql.on(spark).detect(demo().limit(1), DetectOptions.model(SCOUT));

    assertThat(text(seen.select("error")))
        .containsExactly(
            "The path '%s' is relative; set image_dir, or use absolute paths"
                .formatted(RunFixture.imageFiles().get(0)));
  }

  @Test
  void refusesAModelForWhatItCannotDo() {
    assertThatThrownBy(() -> Seeql.on(spark).detect(demo(), DetectOptions.model(PLACES)))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Model '%s' can only classify: use classify(…)"
                .formatted(RunFixture.DEMO.resolve("models/places.onnx")));
  }

  @Test
  void refusesAFrameWithoutPaths() {
    assertThatThrownBy(() -> Seeql.on(spark).detect(demo().toDF("picture"), scout()))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "The images have no column 'path' or 'file_name', only picture; choose the column of the paths with ImageColumn.path(…)");
  }

  @Test
  void refusesColumnsThatItWouldHide() {
    assertThatThrownBy(
            () -> Seeql.on(spark).detect(demo().selectExpr("path", "1 AS Error"), scout()))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "The images already have a column 'error', which SeeQL adds; rename it with"
                + " withColumnRenamed(…)");
  }
}
