package org.seeql.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.seeql.database.ledger.ResultColumn.computed;
import static org.seeql.database.ledger.ResultColumn.selected;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seeql.cli.report.RunPage.Answer;
import org.seeql.cli.report.RunPage.ClassFindings;
import org.seeql.cli.report.RunPage.Failure;
import org.seeql.cli.report.RunPage.FailureCount;
import org.seeql.cli.report.RunPage.Picture;
import org.seeql.cli.report.RunPage.Stage;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.EmbeddedDatabase;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.database.ledger.ColumnType;
import org.seeql.database.ledger.PartitionBounds;
import org.seeql.database.ledger.PartitionRecords;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.RunRecords;
import org.seeql.database.ledger.RunState;
import org.seeql.database.ledger.Selection;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.WriteMode;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.plan.RunOptions;
import org.seeql.planner.statement.TableName;

class RunReportIT {

  private static final ResultColumn RUN = computed("run_id", ColumnType.text(32));
  private static final ResultColumn ID = selected("image_id", "id");
  private static final ResultColumn FILE = selected("file_name", "path");
  private static final TableName TARGET = TableName.of("main", "found");

  @TempDir static Path data;
  @TempDir Path images;
  private static EmbeddedDatabase database;
  private DatabaseSession session;

  @BeforeAll
  static void start() throws SQLException {
    database = EmbeddedDatabase.start(data);
    SystemSchema.migrate(connector());
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    sql("DROP TABLE IF EXISTS main.found", "DROP TABLE IF EXISTS main.seeql_staging_r1");
    session = DatabaseSession.open(connector());
    for (String table :
        session.query(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'seeql' AND"
                + " table_name <> 'flyway_schema_history'",
            row -> row.getString(1))) {
      sql("DELETE FROM seeql.`" + table + "`");
    }
  }

  /**
   * Result shapes with the same content: a dog 0.95 in image 1, a dog 0.5 and a cat 0.949 in image
   * 2.
   */
  private enum Shape {
    LONG(Answer.BOX, ResultLayout.Shape.DETECTION) {
      @Override
      List<String> rows() {
        return List.of(
            "('r1', 1, 'a.png', 'dog', 0.95, 10, 20, 30, 40)",
            "('r1', 2, 'b.png', 'dog', 0.5, 0, 0, 50, 60)",
            "('r1', 2, 'b.png', 'cat', 0.949, 5, 5, 90, 60)",
            "('r0', 9, 'z.png', 'owl', 0.5, 0, 0, 1, 1)");
      }
    },
    IMAGE(Answer.BOX, ResultLayout.Shape.IMAGE) {
      @Override
      List<String> rows() {
        return List.of(
            "('r1', 1, 'a.png', '[{\"label\":\"dog\",\"score\":0.95,\"x_min\":10,\"y_min\":20,"
                + "\"x_max\":30,\"y_max\":40}]')",
            "('r1', 2, 'b.png', '[{\"label\":\"cat\",\"score\":0.949,\"x_min\":5,\"y_min\":5,"
                + "\"x_max\":90,\"y_max\":60},{\"label\":\"dog\",\"score\":0.5,\"x_min\":0,"
                + "\"y_min\":0,\"x_max\":50,\"y_max\":60}]')",
            "('r1', 3, 'c.png', '[]')");
      }
    },
    WIDE(Answer.PRESENCE, ResultLayout.Shape.WIDE) {
      @Override
      List<String> rows() {
        return List.of(
            "('r1', 1, 'a.png', 0.95, 0)",
            "('r1', 2, 'b.png', 0.5, 0.949)",
            "('r1', 3, 'c.png', 0, 0)",
            "('r0', 9, 'z.png', 0.5, 0.5)");
      }
    };

    private final Answer answer;
    private final ResultLayout.Shape layout;

    Shape(Answer answer, ResultLayout.Shape layout) {
      this.answer = answer;
      this.layout = layout;
    }

    abstract List<String> rows();
  }

  @ParameterizedTest
  @EnumSource
  void readsAResultOfAnyShape(Shape shape) throws Exception {
    picture("a.png", 100, 80);
    picture("b.png", 200, 100);
    RunRecord run = record(shape.layout, "detect", columns(shape), Optional.of(TARGET));
    finish(run, 3, 0);
    fill(TARGET, run.layout(), shape.rows());

    RunPage page = new RunPageReader(session).read("r1");

    assertThat(page.findings().answer()).isEqualTo(shape.answer);
    assertThat(page.findings().missing()).isEmpty();
    assertThat(page.findings().images()).isEqualTo(2);
    // 0.95 belongs to the last bin, even though its floating-point value is slightly less
    assertThat(page.findings().classes())
        .containsExactly(SamplePages.bins("dog", 10, 19), SamplePages.bins("cat", 18));
    assertThat(page.gallery().unreadable()).isZero();
    assertThat(page.gallery().pictures()).extracting(Picture::imageId).containsExactly("1", "2");
    Picture second = page.gallery().pictures().get(1);
    assertThat(second.fileName()).isEqualTo("b.png");
    assertThat(second.width()).isEqualTo(200);
    assertThat(second.height()).isEqualTo(100);
    assertThat(second.marks()).extracting(RunPage.Mark::label).containsExactly("cat", "dog");
    assertThat(second.marks().get(0).box())
        .isEqualTo(
            shape == Shape.WIDE ? Optional.empty() : Optional.of(new RunPage.Box(5, 5, 90, 60)));
  }

  @Test
  void readsTheCornersOfALongResult() throws Exception {
    picture("a.png", 100, 80);
    List<ResultColumn> columns = columns(Shape.LONG);
    columns.add(computed("corners", ColumnType.JSON.orNull()));
    RunRecord run = record(ResultLayout.Shape.DETECTION, "detect", columns, Optional.of(TARGET));
    finish(run, 1, 0);
    fill(
        TARGET,
        run.layout(),
        List.of(
            "('r1', 1, 'a.png', 'dog', 0.95, 10, 20, 30, 40, '[[10,20],[30,20],[30,40],[10,40]]')",
            "('r1', 1, 'a.png', 'dog', 0.9, 10, 20, 30, 40, NULL)"));

    assertThat(outlines())
        .containsExactly("CORNERS M10.0 20.0 L30.0 20.0 L30.0 40.0 L10.0 40.0 Z []", "none");
  }

  @Test
  void readsTheKeyPointsOfAResultPerImage() throws Exception {
    picture("a.png", 100, 80);
    RunRecord run = record(Shape.IMAGE);
    finish(run, 1, 0);
    fill(
        TARGET,
        run.layout(),
        List.of(
            "('r1', 1, 'a.png', '[{\"label\":\"dog\",\"score\":0.9,\"x_min\":10,\"y_min\":20,"
                + "\"x_max\":30,\"y_max\":40},{\"label\":\"cat\",\"score\":0.8,\"x_min\":5,"
                + "\"y_min\":5,\"x_max\":90,\"y_max\":60,\"keypoints\":[[7,8,0.9]]}]')"));

    assertThat(outlines()).containsExactly("none", "KEYPOINTS  [Point[x=7.0, y=8.0]]");
  }

  private List<String> outlines() throws Exception {
    return new RunPageReader(session)
        .read("r1").gallery().pictures().get(0).marks().stream()
            .map(
                mark ->
                    mark.outline()
                        .map(o -> o.kind() + " " + o.path() + " " + o.points())
                        .orElse("none"))
            .toList();
  }

  @Test
  void readsOneLabelPerImage() throws Exception {
    picture("a.png", 100, 80);
    RunRecord run =
        record(
            ResultLayout.Shape.PREDICTION,
            "classify",
            List.of(
                selected("path", "path"),
                computed("place", ColumnType.text(255)),
                computed("place_score", ColumnType.DOUBLE)),
            Optional.of(TARGET));
    finish(run, 2, 0);
    fill(TARGET, run.layout(), List.of("('a.png', 'street', 0.7)", "('b.png', 'beach', 0.4)"));

    RunPage page = new RunPageReader(session).read("r1");

    assertThat(page.findings().answer()).isEqualTo(Answer.LABEL);
    assertThat(page.findings().classes())
        .containsExactly(SamplePages.bins("beach", 8), SamplePages.bins("street", 14));
    assertThat(page.gallery().unreadable()).isEqualTo(1);
    assertThat(page.gallery().pictures()).hasSize(1);
    assertThat(page.gallery().pictures().get(0).marks())
        .containsExactly(new RunPage.Mark("street", 0.7, Optional.empty()));
  }

  @Test
  void readsEveryTagOfAnImage() throws Exception {
    RunRecord run =
        record(
            ResultLayout.Shape.CLASS,
            "tag",
            List.of(
                RUN,
                ID,
                FILE,
                computed("place", ColumnType.INT),
                computed("label", ColumnType.text(255)),
                computed("score", ColumnType.DOUBLE)),
            Optional.of(TARGET));
    finish(run, 1, 0);
    fill(
        TARGET,
        run.layout(),
        List.of("('r1', 1, 'a.png', 1, 'street', 0.7)", "('r1', 1, 'a.png', 2, 'beach', 0.4)"));

    RunPage page = new RunPageReader(session).read("r1");

    assertThat(page.findings().answer()).isEqualTo(Answer.PRESENCE);
    assertThat(page.findings().classes())
        .containsExactly(SamplePages.bins("beach", 8), SamplePages.bins("street", 14));
  }

  @Test
  void readsTagsOfJson() throws Exception {
    RunRecord run =
        record(
            ResultLayout.Shape.IMAGE,
            "tag",
            List.of(RUN, ID, FILE, computed("tags", ColumnType.JSON)),
            Optional.of(TARGET));
    finish(run, 2, 0);
    fill(
        TARGET,
        run.layout(),
        List.of(
            "('r1', 1, 'a.png', '[{\"label\": \"street\", \"score\": 0.7}, {\"label\":"
                + " \"beach\", \"score\": 0.4}]')",
            "('r1', 2, 'b.png', '[]')"));

    RunPage page = new RunPageReader(session).read("r1");

    assertThat(page.findings().answer()).isEqualTo(Answer.PRESENCE);
    assertThat(page.findings().classes())
        .containsExactly(SamplePages.bins("beach", 8), SamplePages.bins("street", 14));
  }

  @ParameterizedTest
  @EnumSource(
      value = ResultLayout.Shape.class,
      names = {"VECTOR", "IMAGE", "PREDICTION"})
  void refusesToDrawVectors(ResultLayout.Shape shape) throws Exception {
    RunRecord run =
        record(
            shape,
            "embed",
            List.of(RUN, ID, FILE, computed("embedding", ColumnType.BYTES)),
            Optional.of(TARGET));
    finish(run, 1, 0);
    fill(TARGET, run.layout(), List.of("('r1', 1, 'a.png', x'0000803F')"));

    assertThatThrownBy(() -> new RunPageReader(session).read("r1"))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot report on run r1: its result consists of vectors, which cannot be drawn; use"
                + " SELECT * FROM "
                + TARGET);
  }

  @Test
  void readsATrainingThatHasNotCompleted() throws Exception {
    record(ResultLayout.Shape.FEATURES, "detect", List.of(RUN, ID, FILE), Optional.empty());

    assertThat(new RunPageReader(session).read("r1").training())
        .contains(new TrainingPage(Optional.empty(), List.of(), 0));
  }

  @Test
  void readsTheMostProbableOfSeveralClasses() throws Exception {
    RunRecord run =
        record(
            ResultLayout.Shape.CLASS,
            "classify",
            List.of(
                RUN,
                ID,
                FILE,
                computed("place", ColumnType.INT),
                computed("label", ColumnType.text(255)),
                computed("score", ColumnType.DOUBLE)),
            Optional.of(TARGET));
    finish(run, 1, 0);
    fill(
        TARGET,
        run.layout(),
        List.of("('r1', 1, 'a.png', 1, 'street', 0.7)", "('r1', 1, 'a.png', 2, 'beach', 0.2)"));

    RunPage page = new RunPageReader(session).read("r1");

    assertThat(page.findings().classes()).containsExactly(SamplePages.bins("street", 14));
  }

  @Test
  void readsTheResultAndTheFailuresOfARun() throws Exception {
    Instant begun = Instant.now();
    RunRecord run = record(Shape.LONG);
    finish(run, 7, 2);
    fill(TARGET, run.layout(), Shape.LONG.rows());
    sql(
        "INSERT INTO seeql.run_failures (run_id, row_id, image_id, path, stage, reason) VALUES"
            + " ('r1', 6, '6', 'f.png', 'decode', 'not an image'),"
            + " ('r1', 5, NULL, NULL, 'read', 'the path is NULL')");

    RunPage page = new RunPageReader(session).read("r1");

    assertThat(page.run().state()).isEqualTo(RunState.SUCCEEDED);
    assertThat(page.run().model()).isEqualTo("yolo@3");
    assertThat(page.run().counts().images()).isEqualTo(7);
    assertThat(page.run().counts().done()).isEqualTo(5);
    assertThat(page.run().counts().failed()).isEqualTo(2);
    assertThat(page.run().period().finished().orElseThrow())
        .isBetween(begun.minusSeconds(1), Instant.now().plusSeconds(1));
    assertThat(page.stages())
        .containsExactlyInAnyOrder(
            new Stage("select", Duration.ofMillis(500)),
            new Stage("infer", Duration.ofMillis(2500)));
    assertThat(page.work()).extracting(Stage::name).containsExactly("decode");
    assertThat(page.timedImages()).isEqualTo(7);
    assertThat(page.failures().listed())
        .containsExactly(
            new Failure("", "", "read", "the path is NULL"),
            new Failure("6", "f.png", "decode", "not an image"));
    assertThat(page.failures().stages())
        .containsExactly(new FailureCount("decode", 1), new FailureCount("read", 1));
    assertThat(page.settings()).contains(new RunPage.Setting("confidence", "0.3"));
    assertThat(page.partitions().count()).isEqualTo(1);
    assertThat(page.partitions().listed().get(0).lastRow()).isEqualTo(7);
  }

  @Test
  void countsOnlyImagesAfterTheResumptionInTheRate() throws Exception {
    finish(record(Shape.LONG), 7, 2);
    sql(
        "INSERT INTO seeql.run_partitions (run_id, partition_id, first_row, last_row, state, attempt, images,"
            + " failed, rows_written, seconds, committed) SELECT run_id, 1, 8, 9, state, 1, 2, 0, 2, 1,"
            + " committed - INTERVAL 60 SECOND FROM seeql.run_partitions");

    RunPage page = new RunPageReader(session).read("r1");

    assertThat(page.run().counts().done()).isEqualTo(7);
    assertThat(page.timedImages()).isEqualTo(7);
  }

  @Test
  void reportsThatALaterRunReplacedTheResult() throws Exception {
    RunRecord run = record(Shape.LONG);
    finish(run, 3, 0);
    fill(TARGET, run.layout(), List.of("('r2', 1, 'a.png', 'dog', 0.95, 10, 20, 30, 40)"));

    assertThat(new RunPageReader(session).read("r1").findings().missing())
        .contains(
            "main.found contains no rows of this run: they were replaced, deleted or never "
                + "published. The run wrote 3 rows.");
  }

  @Test
  void reportsThatTheResultIsGone() throws Exception {
    finish(record(Shape.LONG), 3, 0);

    assertThat(new RunPageReader(session).read("r1").findings().missing())
        .contains("The table main.found no longer exists. The run wrote 3 rows.");
  }

  @Test
  void reportsThatTheResultHasOtherColumns() throws Exception {
    RunRecord run = record(Shape.LONG);
    finish(run, 3, 0);
    fill(TARGET, run.layout(), Shape.LONG.rows());
    sql("ALTER TABLE main.found RENAME COLUMN x_min TO xmin");

    assertThat(new RunPageReader(session).read("r1").findings().missing())
        .contains(
            "Cannot read the result as this run wrote it; its columns may have changed "
                + "since: Unknown column 'x_min' in 'SELECT'");
  }

  @Test
  void reportsThatARunWithoutIntoStoresNothing() throws Exception {
    finish(
        record(ResultLayout.Shape.DETECTION, "detect", columns(Shape.LONG), Optional.empty()),
        3,
        0);

    assertThat(new RunPageReader(session).read("r1").findings().missing())
        .contains(
            "The statement has no INTO: its rows were printed and not stored. The run wrote "
                + "3 rows.");
  }

  @Test
  void showsTheCommittedPartitionsOfAFailedRun() throws Exception {
    RunRecord run = record(Shape.LONG);
    commit(run, 3, 0);
    RunRecords.failed(
        session, "r1", PartitionRecords.totals(session, "r1"), "The server went away");
    fill(TableName.of("main", "seeql_staging_r1"), run.layout(), Shape.LONG.rows());

    RunPage page = new RunPageReader(session).read("r1");

    assertThat(page.run().state()).isEqualTo(RunState.FAILED);
    assertThat(page.run().error()).contains("The server went away");
    assertThat(page.findings().missing()).isEmpty();
    assertThat(page.findings().count()).isEqualTo(3);
  }

  @Test
  void writesAPageForARunThatHasJustStarted() throws Exception {
    record(Shape.LONG);
    Path html = data.resolve("pages/begun.html");

    RunReport.write(connector(), "r1", html);

    assertThat(html)
        .content()
        .contains("not finished")
        .contains("No result was published, and no partial result is kept.");
  }

  @Test
  void embedsNothingFromOutsideTheImageRoot() throws Exception {
    Files.write(data.resolve("secret.png"), ThumbnailsTest.picture("png", 20, 20));
    Files.createSymbolicLink(images.resolve("link.png"), data.resolve("secret.png"));
    RunRecord run = record(Shape.LONG);
    finish(run, 3, 0);
    fill(
        TARGET,
        run.layout(),
        List.of(
            "('r1', 1, '"
                + images.relativize(data.resolve("secret.png"))
                + "', 'dog', 1, 1, 1, 2, 2)",
            "('r1', 2, '" + data.resolve("secret.png") + "', 'dog', 1, 1, 1, 2, 2)",
            "('r1', 3, 'link.png', 'dog', 1, 1, 1, 2, 2)"));

    RunPage page = new RunPageReader(session).read("r1");

    assertThat(page.gallery().pictures()).isEmpty();
    assertThat(page.gallery().unreadable()).isEqualTo(3);
  }

  /** All boxes or all failures, each as it is stored, would be larger than the limit. */
  @Test
  void staysSmallForALargeRun() throws Exception {
    for (int i = 0; i < 50; i++) {
      picture("p" + i + ".png", 640, 480);
    }
    RunRecord run = record(Shape.LONG);
    finish(run, 100_000, 0);
    fill(TARGET, run.layout(), List.of());
    sql(
        "INSERT INTO main.found SELECT 'r1', seq, CONCAT('p', seq % 50, '.png'),"
            + " CONCAT('class ', seq % 80), (seq % 1000) / 1000, 1, 1, 100, 100"
            + " FROM main.seq_1_to_100000",
        "INSERT INTO seeql.run_failures (run_id, row_id, image_id, path, stage, reason) SELECT 'r1', seq, seq, REPEAT('f', 400), 'read',"
            + " REPEAT('x', 2000) FROM main.seq_1_to_10100");
    Path html = data.resolve("large.html");

    RunReport.write(connector(), "r1", html);

    assertThat(Files.size(html)).isLessThan(15_000_000);
    RunPage page = new RunPageReader(session).read("r1");
    assertThat(page.findings().count()).isEqualTo(100_000);
    assertThat(page.findings().classes()).hasSize(80);
    assertThat(page.findings().classes()).extracting(ClassFindings::count).containsOnly(1_250L);
    assertThat(page.gallery().pictures()).hasSize(48);
    assertThat(page.gallery().pictures().stream().map(p -> p.marks().get(0).label()).distinct())
        .hasSize(48);
    assertThat(page.failures().listed()).hasSize(10_000);
    assertThat(page.failures().count()).isEqualTo(10_100);
  }

  @Test
  void refusesAnUnknownRun() throws Exception {
    record(Shape.LONG);

    assertThatThrownBy(() -> RunReport.write(connector(), "r7", data.resolve("no.html")))
        .isInstanceOf(RefusalException.class)
        .hasMessage("Unknown run 'r7'; the latest: r1");
  }

  @Test
  void refusesEveryRunIfThereAreNone() {
    assertThatThrownBy(() -> RunReport.write(connector(), "r7", data.resolve("no.html")))
        .isInstanceOf(RefusalException.class)
        .hasMessage("Unknown run 'r7': there are no runs in " + connector().address());
  }

  private static DatabaseConnector connector() {
    return database.connector();
  }

  private static void sql(String... statements) throws SQLException {
    try (Connection connection = connector().open();
        Statement statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }

  private void picture(String name, int width, int height) throws Exception {
    Files.write(images.resolve(name), ThumbnailsTest.picture("png", width, height));
  }

  private static List<ResultColumn> columns(Shape shape) {
    List<ResultColumn> columns = new ArrayList<>(List.of(RUN, ID, FILE));
    switch (shape) {
      case LONG -> {
        columns.add(computed("label", ColumnType.text(255)));
        for (String number : List.of("score", "x_min", "y_min", "x_max", "y_max")) {
          columns.add(computed(number, ColumnType.DOUBLE));
        }
      }
      case IMAGE -> columns.add(computed("detections", ColumnType.JSON));
      case WIDE -> {
        columns.add(computed("dog", ColumnType.DOUBLE.orZero()));
        columns.add(computed("cat", ColumnType.DOUBLE.orZero()));
      }
    }
    return columns;
  }

  private RunRecord record(Shape shape) throws SQLException {
    return record(shape.layout, "detect", columns(shape), Optional.of(TARGET));
  }

  /** Records a run that has started. */
  private RunRecord record(
      ResultLayout.Shape shape, String task, List<ResultColumn> columns, Optional<TableName> target)
      throws SQLException {
    RunRecord run =
        new RunRecord(
            "r1",
            new RunRecord.Request(
                "SELECT * FROM images TO RUN any",
                switch (shape) {
                  case PREDICTION -> InferencePlan.Kind.PREDICT;
                  case FEATURES -> InferencePlan.Kind.TRAIN;
                  default -> InferencePlan.Kind.RUN;
                },
                task,
                RunOptions.parse(OptionSet.of(Map.of("confidence", "0.3"), "a test"))),
            new RunRecord.Models(task, "yolo", 3),
            new RunRecord.Destination(target, WriteMode.OVERWRITE),
            new ResultLayout(shape, columns, "id", "path"),
            images.toString());
    RunRecords.create(session, run, "here");
    return run;
  }

  /** Commits one partition with three rows. */
  private void commit(RunRecord run, long selected, long failed) throws SQLException {
    RunRecords.selected(session, run.runId(), new Selection.Sizes(selected, 0, 0));
    PartitionRecords.create(session, run.runId(), 1, List.of(new PartitionBounds(0, 1, selected)));
    session.update(
        "UPDATE seeql.run_partitions SET state = 'committed', images = ?, failed = ?,"
            + " rows_written = 3, seconds = 2.5, committed = CURRENT_TIMESTAMP(3) WHERE run_id = ?",
        selected,
        failed,
        run.runId());
  }

  private void finish(RunRecord run, long selected, long failed) throws SQLException {
    commit(run, selected, failed);
    RunRecords.succeeded(
        session,
        run.runId(),
        PartitionRecords.totals(session, run.runId()),
        new RunRecords.Figures(
            8, "ONNX", "cpu", Map.of("select", 0.5, "infer", 2.5, "infer.decode", 1.0)));
  }

  /** Creates a table with the layout and the rows of a run. */
  private static void fill(TableName table, ResultLayout layout, List<String> rows)
      throws SQLException {
    List<String> columns = new ArrayList<>();
    for (ResultColumn column : layout.columns()) {
      String type = column.name().equals("image_id") ? "BIGINT" : "VARCHAR(255)";
      columns.add(
          TableName.quote(column.name())
              + " "
              + column.map(selected -> type, computed -> computed.type().ddl()));
    }
    sql(
        "CREATE TABLE %s (%s) COMMENT = 'SeeQL run r1 (%s)'"
            .formatted(table.quoted(), String.join(", ", columns), layout.shape()));
    if (!rows.isEmpty()) {
      sql("INSERT INTO %s VALUES %s".formatted(table.quoted(), String.join(", ", rows)));
    }
  }
}
