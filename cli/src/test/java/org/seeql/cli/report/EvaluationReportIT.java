package org.seeql.cli.report;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.cli.report.EvaluationPage.Confusion;
import org.seeql.cli.report.EvaluationPage.Curve;
import org.seeql.cli.report.EvaluationPage.MatchedPicture;
import org.seeql.cli.report.EvaluationPage.Matches;
import org.seeql.cli.report.EvaluationPage.ScoreBin;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.EmbeddedDatabase;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.database.ledger.PartitionRecords;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.RunRecords;
import org.seeql.job.evaluate.EvaluationSettings;
import org.seeql.job.evaluate.EvaluationTable;
import org.seeql.job.evaluate.MatchTable;
import org.seeql.job.inference.ResultLayouts;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.WriteMode;
import org.seeql.planner.plan.EvaluationOptions;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.plan.RunOptions;
import org.seeql.planner.plan.VisionTask;
import org.seeql.planner.statement.TableName;

class EvaluationReportIT {
  private static final TableName TARGET = TableName.of("main", "scores");
  private static final TableName BARE = TableName.of("main", "bare");
  private static final ResultLayout RUN =
      ResultLayouts.packed(Optional.empty(), "image_id", "file_name");

  @TempDir static Path data;
  @TempDir static Path images;
  private static EmbeddedDatabase database;
  private static DatabaseSession session;

  /**
   * Two evaluations of the same three images at a confidence of 0.5, with four objects: a dog (1)
   * and a dog (2) in image 1, a cat (3) in image 2, and a cat (4) in image 3.
   */
  @BeforeAll
  static void start() throws Exception {
    database = EmbeddedDatabase.start(data);
    SystemSchema.migrate(connector());
    session = DatabaseSession.open(connector());
    for (String name : List.of("a.png", "b.png", "c.png")) {
      Files.write(images.resolve(name), ThumbnailsTest.picture("png", 120, 80));
    }
    evaluation("r1", "scout", TARGET, "pets", true);
    evaluation("r2", "sentinel", TARGET, "pets", true);
    evaluation("bare", "scout", BARE, "others", false);
    create(TARGET, EvaluationTable.LAYOUT);
    create(BARE, EvaluationTable.LAYOUT);
    create(TableName.of("main", "scores_matches"), MatchTable.layout(RUN));
    measures(TARGET, "r1", "'overall', NULL, 3, NULL, 4, 0.5, 0.4, 0.4, 0.5");
    measures(TARGET, "r1", "'class', 'cat', 3, 2, 2, 0.5, 0.25, 0.3333, 0.5");
    measures(TARGET, "r1", "'class', 'dog', 3, 1, 2, 0.505, 0.5, 0.5, 0.5");
    measures(TARGET, "r2", "'overall', NULL, 3, NULL, 4, 0.75, 0.6, 1, 0.75");
    measures(TARGET, "r2", "'class', 'cat', 3, 2, 2, 0.5, 0.3, 1, 0.5");
    measures(TARGET, "r2", "'class', 'dog', 3, 1, 2, 1, 0.9, 1, 1");
    measures(BARE, "bare", "'overall', NULL, 3, NULL, 4, 0.5, 0.4, NULL, 0");
    evaluation("t1", VisionTask.TAG, "tagger", TARGET, "scenes", false);
    tags("t1", "'overall', NULL, 10, NULL, 9, 0.75, 0.675, 6, 2, 3, 9");
    tags("t1", "'class', 'beach', 10, 5, 5, 1, 0.6, 3, 0, 2, 5");
    tags("t1", "'class', 'street', 10, 4, 4, 0.6, 0.75, 3, 2, 1, 4");
    evaluation("t2", VisionTask.TAG, "tagger2", TARGET, "scenes", false);
    tags("t2", "'overall', NULL, 10, NULL, 9, 0.85, 0.675, 6, 1, 3, 10");
    tags("t2", "'class', 'beach', 10, 5, 5, 1, 0.6, 3, 0, 2, 5");
    tags("t2", "'class', 'street', 10, 4, 4, 0.75, 0.75, 3, 1, 1, 5");
    evaluation("c1", VisionTask.CLASSIFY, "labeller", TARGET, "places", false);
    evaluation("c2", VisionTask.CLASSIFY, "labeller2", TARGET, "places", false);
    for (String run : List.of("c1", "c2")) {
      measures(TARGET, run, "'overall', NULL, 9, NULL, 9, NULL, NULL, 0.5, 0.5");
    }
    measures(TARGET, "c1", "'class', 'beach', 9, 5, 5, NULL, NULL, 0.5, 0.5");
    measures(TARGET, "c2", "'class', 'beach', 9, 5, 5, NULL, NULL, 0.9, 0.6");
    measures(TARGET, "c1", "'class', 'street', 9, 4, 4, NULL, NULL, 0.5, 0.5");
    measures(TARGET, "c2", "'class', 'street', 9, 4, 4, NULL, NULL, 0.6, 0.9");
    tags("t1", "'class', 'cave', 10, 0, 0, NULL, NULL, 0, 0, 0, 10");
    matches(
        "'r1', 1, 'a.png', 'true positive', NULL, 1, 'dog', 'dog', 0.9, 0.8, 1, 1",
        "'r1', 1, 'a.png', 'missed', NULL, 1, NULL, 'dog', NULL, NULL, NULL, 2",
        "'r1', 1, 'a.png', 'false positive', 'wrong class', 1, 'cat', 'dog', 0.8, 0.7, 2, 2",
        "'r1', 1, 'a.png', 'ignored', NULL, 0, 'dog', 'dog', 0.95, 1, 3, 9",
        "'r1', 2, 'b.png', 'true positive', NULL, 1, 'cat', 'cat', 0.7, 0.8, 1, 3",
        "'r1', 2, 'b.png', 'false positive', 'duplicate', 1, 'cat', 'cat', 0.6, 0.6, 2, 3",
        "'r1', 2, 'b.png', 'false positive', 'background', 1, 'dog', NULL, 0.55, NULL, 3, NULL",
        "'r1', 3, 'c.png', 'true positive', NULL, 0, 'cat', 'cat', 0.2, 0.6, 1, 4",
        "'r1', 3, 'c.png', 'missed', NULL, 1, NULL, 'cat', NULL, NULL, NULL, 4",
        "'r2', 1, 'a.png', 'true positive', NULL, 1, 'dog', 'dog', 0.9, 0.8, 1, 1",
        "'r2', 1, 'a.png', 'true positive', NULL, 1, 'dog', 'dog', 0.9, 0.8, 2, 2",
        "'r2', 2, 'b.png', 'missed', NULL, 1, NULL, 'cat', NULL, NULL, NULL, 3",
        "'r2', 3, 'c.png', 'true positive', NULL, 1, 'cat', 'cat', 0.9, 0.8, 1, 4");
  }

  @AfterAll
  static void stop() throws Exception {
    session.close();
    database.close();
  }

  private static DatabaseConnector connector() {
    return database.connector();
  }

  private static void evaluation(
      String runId, String model, TableName target, String dataset, boolean keepMatches)
      throws SQLException {
    evaluation(runId, VisionTask.DETECT, model, target, dataset, keepMatches);
  }

  private static void evaluation(
      String runId,
      VisionTask task,
      String model,
      TableName target,
      String dataset,
      boolean keepMatches)
      throws SQLException {
    RunRecord run =
        new RunRecord(
            runId,
            new RunRecord.Request(
                "SELECT * FROM images TO EVALUATE " + model + " INTO scores",
                InferencePlan.Kind.EVALUATE,
                "evaluate",
                RunOptions.parse(OptionSet.NONE)),
            new RunRecord.Models(task.toString(), model, 1),
            new RunRecord.Destination(Optional.empty(), WriteMode.APPEND),
            RUN,
            images.toString());
    RunRecords.create(session, run, "here");
    new EvaluationSettings(
            new EvaluationOptions(0.5, 0.5, Optional.of(dataset), Optional.empty(), keepMatches),
            Optional.of("main"),
            target,
            WriteMode.APPEND)
        .save(session, runId);
    RunRecords.succeeded(
        session,
        runId,
        PartitionRecords.totals(session, runId),
        new RunRecords.Figures(8, "onnx", "cpu", Map.of("infer", 2.5)));
    RunRecords.concluded(session, runId, target);
    session.update(
        "INSERT INTO seeql.model_profiles (model, model_version, dataset, task, run_id, confidence,"
            + " nms_iou, match_iou, images, sample_images, sample_ids) VALUES (?, 1, ?, ?,"
            + " ?, 0.5, 0.45, 0.5, 3, 0, '')",
        model,
        dataset,
        task.toString(),
        runId);
  }

  private static void create(TableName table, ResultLayout layout) throws SQLException {
    session.execute(
        "CREATE TABLE %s (%s)"
            .formatted(
                table.quoted(),
                layout.columns().stream()
                    .map(
                        column ->
                            TableName.quote(column.name())
                                + " "
                                + column.map(
                                    selected ->
                                        selected.name().equals("image_id")
                                            ? "BIGINT"
                                            : "VARCHAR(255)",
                                    (ResultColumn.Computed computed) -> computed.type().ddl()))
                    .collect(joining(", "))));
  }

  private static void measures(TableName table, String runId, String values) throws SQLException {
    session.update(
        ("INSERT INTO %s (run_id, model, model_version, dataset, scope, class, images,"
                + " images_shown, objects, ap50, ap, object_precision, object_recall) VALUES ('%s',"
                + " 'm', 1, 'pets', %s)")
            .formatted(table.quoted(), runId, values));
  }

  /** Measures of a tagger: the scope, the class and the images by label and answer. */
  private static void tags(String runId, String values) throws SQLException {
    session.update(
        ("INSERT INTO %s (run_id, model, model_version, dataset, scope, class, images,"
                + " images_shown, objects, object_precision, object_recall, present_tp, present_fp,"
                + " present_fn, present_tn) VALUES ('%s', 'm', 1, 'scenes', %s)")
            .formatted(TARGET.quoted(), runId, values));
  }

  private static void matches(String... rows) throws SQLException {
    for (String row : rows) {
      session.update(
          "INSERT INTO main.scores_matches (run_id, image_id, file_name, outcome, cause, counted,"
              + " predicted_class, actual_class, score, iou, detection, annotation_id, model)"
              + " VALUES ("
              + row
              + ", 'm')");
    }
    session.update(
        "UPDATE main.scores_matches SET x_min = 10, y_min = 20, x_max = 40, y_max = 60 WHERE"
            + " detection IS NOT NULL");
    session.update(
        "UPDATE main.scores_matches SET actual_x_min = 12, actual_y_min = 20, actual_x_max = 44,"
            + " actual_y_max = 60 WHERE annotation_id IS NOT NULL");
  }

  private static RunPage page(String runId) throws SQLException {
    return new RunPageReader(session).read(runId);
  }

  private static Matches matches() throws SQLException {
    return page("r1").evaluation().orElseThrow().matches().orElseThrow();
  }

  @Test
  void countsWhatCounts() throws Exception {
    assertThat(matches().counts().of()).containsExactly(2L, 2L, 1L, 0L, 1L, 1L);
  }

  /** The points are computed by hand. */
  @Test
  void drawsTheCurveOfAllDetections() throws Exception {
    List<Curve> curves = matches().curves();

    assertThat(curves).extracting(Curve::name).containsExactly("cat", "dog");
    assertThat(curves).extracting(Curve::objects).containsExactly(2L, 2L);
    // cat: wrong 0.8, right 0.7, wrong 0.6, right 0.2
    assertThat(curves.get(0).precision()).containsOnly(0.5);
    // dog: right 0.9, wrong 0.55; the second dog is never found
    assertThat(curves.get(1).precision().subList(0, 51)).containsOnly(1.0);
    assertThat(curves.get(1).precision().subList(51, 101)).containsOnly(0.0);
    assertThat(curves.get(1).area()).isEqualTo(51 / 101.0, within(1e-12));
  }

  @Test
  void comparesScoresWithTheShareOfCorrectDetections() throws Exception {
    assertThat(matches().bins())
        .containsExactly(
            new ScoreBin(2, 1, 1, 0.2),
            new ScoreBin(5, 1, 0, 0.55),
            new ScoreBin(6, 1, 0, 0.6),
            new ScoreBin(7, 1, 1, 0.7),
            new ScoreBin(8, 1, 0, 0.8),
            new ScoreBin(9, 1, 1, 0.9));
    // (0.8 + 0.55 + 0.6 + 0.3 + 0.8 + 0.1) / 6
    assertThat(MatchesView.of(matches(), page("r1").evaluation().orElseThrow()).calibration())
        .isEqualTo("Expected calibration error 0.525 over 6 detections.");
  }

  @Test
  void countsEachObjectOnceInTheConfusionMatrix() throws Exception {
    assertThat(matches().confusion())
        .isEqualTo(
            new Confusion(
                List.of("cat", "dog"),
                List.of(List.of(1L, 0L, 1L), List.of(1L, 1L, 0L), List.of(1L, 1L, 0L))));
  }

  @Test
  void showsTheImagesWithTheMostErrors() throws Exception {
    Matches matches = matches();

    assertThat(matches.imagesWithErrors()).isEqualTo(3);
    assertThat(matches.images())
        .extracting(picture -> picture.fileName() + " " + picture.errors())
        .containsExactly("a.png 2", "b.png 2", "c.png 1");
    assertThat(matches.images().get(0).marks())
        .extracting(EvaluationPage.MatchMark::kind)
        .containsExactly(MatchKind.WRONG_CLASS, MatchKind.MISSED, MatchKind.FOUND);
    String html = new PageTemplate().html(page("r1"), SamplePages.STARTED, ZoneId.of("UTC"));
    assertThat(html)
        .contains("cat 0.80 is dog", "dog missed", "dog 0.55 background", "cat 0.60 duplicate")
        .contains("3 of 3 images with errors; the page shows 3:");
  }

  /** A picture has at most 150 marks. */
  @Test
  void drawsErrorsOfCrowdedImagesFirst() throws Exception {
    evaluation("crowd", "crowded", TARGET, "crowds", true);
    measures(TARGET, "crowd", "'overall', NULL, 1, NULL, 201, 0.5, 0.4, 1, 0.9");
    String found =
        "'crowd', 1, 'a.png', 'true positive', NULL, 1, 'dog', 'dog', 0.9, 0.8, %1$d, %1$d";
    matches(IntStream.rangeClosed(1, 200).mapToObj(found::formatted).toArray(String[]::new));
    matches("'crowd', 1, 'a.png', 'missed', NULL, 1, NULL, 'dog', NULL, NULL, NULL, 201");

    MatchedPicture picture =
        page("crowd").evaluation().orElseThrow().matches().orElseThrow().images().get(0);

    assertThat(picture.marks()).hasSize(150);
    assertThat(picture.marks().get(0).kind()).isEqualTo(MatchKind.MISSED);
  }

  @Test
  void saysHowToGetMatches() throws Exception {
    EvaluationPage page = page("bare").evaluation().orElseThrow();

    assertThat(page.matches()).isEmpty();
    assertThat(page.overall().orElseThrow().ap50()).hasValue(0.5);
    assertThat(page.missing())
        .contains(
            "This evaluation kept no matches. Causes of errors, precision-recall curves,"
                + " calibration, the confusion matrix and the worst images need them. Run the"
                + " statement again with keep_matches = true.");
  }

  /** F1 is computed by hand: 6/8 for beach, 6/9 for street, none for cave. */
  @Test
  void showsTheMeasuresOfATagger() throws Exception {
    RunPage page = page("t1");

    EvaluationPage evaluation = page.evaluation().orElseThrow();
    assertThat(evaluation.overall().orElseThrow().f1().orElseThrow())
        .isEqualTo((6 / 8.0 + 6 / 9.0) / 2, within(1e-12));
    EvaluationView view = EvaluationView.of(evaluation);
    assertThat(view.columns()).containsExactly("images", "precision", "recall", "F1", "TPR", "FPR");
    assertThat(view.classes())
        .extracting(row -> row.name() + " " + row.values().subList(0, 4))
        .containsExactly(
            "beach [5, 1.000, 0.600, 0.750]",
            "street [4, 0.600, 0.750, 0.667]",
            "cave [0, –, –, –]",
            "(all) [10, 0.750, 0.675, 0.708]");
    assertThat(HeadView.of(page, ZoneId.of("UTC")).figures())
        .contains(
            new HeadView.Figure("0.708", "", "mean F1", "over 2 classes"),
            new HeadView.Figure("0.750", "", "precision", "mean of the classes"));
  }

  /** An image has at most 150 marks: 75 of 200 missed objects are beside wrong detections. */
  @Test
  void drawsMissedObjectsNextToManyWrongDetections() throws Exception {
    evaluation("wild", "crowded", TARGET, "wilds", true);
    measures(TARGET, "wild", "'overall', NULL, 1, NULL, 200, 0.5, 0.4, 0, 0");
    String wrong =
        "'wild', 1, 'a.png', 'false positive', 'background', 1, 'dog', NULL, 0.9, NULL, %d, NULL";
    String missed = "'wild', 1, 'a.png', 'missed', NULL, 1, NULL, 'dog', NULL, NULL, NULL, %d";
    matches(IntStream.rangeClosed(1, 300).mapToObj(wrong::formatted).toArray(String[]::new));
    matches(IntStream.rangeClosed(1, 200).mapToObj(missed::formatted).toArray(String[]::new));

    MatchedPicture picture =
        page("wild").evaluation().orElseThrow().matches().orElseThrow().images().get(0);

    assertThat(picture.errors()).isEqualTo(500);
    assertThat(
            picture.marks().stream()
                .map(mark -> mark.kind())
                .collect(groupingBy(k -> k, counting())))
        .containsOnly(entry(MatchKind.BACKGROUND, 75L), entry(MatchKind.MISSED, 75L));
  }

  @Test
  void asksTaggersForMatches(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("tags.html");

    ComparisonReport comparison = compare("t1", "t2", Optional.of(file));

    assertThat(page("t1").evaluation().orElseThrow().missing())
        .hasValueSatisfying(why -> assertThat(why).startsWith("This evaluation kept no matches."));
    assertThat(comparison.notes())
        .containsExactly(
            "a: tagger@1 (t1), b: tagger2@1 (t2), on scenes",
            "Run t1 kept no matches, so images are not compared.");
    assertThatThrownBy(() -> comparison.images(1))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot compare images: run t1 kept no matches; run its statement again with"
                + " keep_matches = true");
  }

  /** Image 1 shows beach and street, image 2 beach. A tags beach and cave, B beach and street. */
  @Test
  void showsTheMatchesOfTaggers() throws Exception {
    for (String run : List.of("g1", "g2")) {
      evaluation(run, VisionTask.TAG, run, TARGET, "tagged", true);
      tags(run, "'overall', NULL, 2, NULL, 3, 0.75, 0.675, 6, 2, 3, 9");
    }
    matches(
        "'g1', 1, 'a.png', 'true positive', NULL, 1, 'beach', 'beach', 0.9, NULL, NULL, NULL",
        "'g1', 1, 'a.png', 'false positive', 'background', 1, 'cave', NULL, 0.8, NULL, NULL, NULL",
        "'g1', 1, 'a.png', 'missed', NULL, 1, NULL, 'street', NULL, NULL, NULL, NULL",
        "'g1', 2, 'b.png', 'true positive', NULL, 1, 'beach', 'beach', 0.9, NULL, NULL, NULL",
        "'g2', 1, 'a.png', 'true positive', NULL, 1, 'beach', 'beach', 0.9, NULL, NULL, NULL",
        "'g2', 1, 'a.png', 'true positive', NULL, 1, 'street', 'street', 0.9, NULL, NULL, NULL",
        "'g2', 2, 'b.png', 'missed', NULL, 1, NULL, 'beach', NULL, NULL, NULL, NULL");

    EvaluationPage page = page("g1").evaluation().orElseThrow();
    MatchesView view = MatchesView.of(page.matches().orElseThrow(), page);

    assertThat(view.outcomes())
        .extracting(row -> row.word() + " " + row.count())
        .containsExactly("true positive 2", "missed 1", "background 1");
    assertThat(view.confusion().columns()).containsExactly("beach", "street", "cave", "not tagged");
    assertThat(view.confusion().rows())
        .extracting(row -> row.name() + row.cells().stream().map(cell -> cell.count()).toList())
        .containsExactly("beach[2, , , ]", "street[, , , 1]", "cave[, , , ]", "not shown[, , 1, ]");
    assertThat(compare("g1", "g2", Optional.empty()).images(10).rows())
        .containsExactly(
            List.of("1", "a.png", 0L, 1L, 1L, 0L), List.of("2", "b.png", 1L, 0L, 0L, 0L));
  }

  /** Neither option applies to a classifier, and only the confidence to a tagger. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          c1 | c2 | false
          t1 | t2 | t1 has confidence 0.5, t2 has confidence 0.7
          r1 | r2 | r1 has confidence 0.5 and match_iou 0.5, r2 has confidence 0.7 and match_iou 0.6
          """)
  void namesTheOptionsOnWhichTheMeasuresDepend(String a, String b, String difference)
      throws Exception {
    EvaluationSettings before = EvaluationSettings.find(session, b).orElseThrow();
    replace(b, 0.7, 0.6, before);
    try {
      assertThat(compare(a, b, Optional.empty()).notes())
          .filteredOn(note -> note.contains("comparable"))
          .containsExactlyElementsOf(
              difference.equals("false")
                  ? List.of()
                  : List.of("Precision and recall are not comparable: " + difference + "."));
    } finally {
      replace(b, 0.5, 0.5, before);
    }
  }

  private static void replace(
      String runId, double confidence, double matchIou, EvaluationSettings before)
      throws SQLException {
    session.update("DELETE FROM seeql.evaluations WHERE run_id = ?", runId);
    new EvaluationSettings(
            new EvaluationOptions(
                confidence,
                matchIou,
                Optional.of(before.dataset()),
                Optional.empty(),
                before.options().keepMatches()),
            before.labelled(),
            before.target(),
            before.mode())
        .save(session, runId);
  }

  private static ComparisonReport compare(String a, String b, Optional<Path> file) {
    return ComparisonReport.of(
        connector(), new ComparisonReport.Request(a, b, Optional.empty(), 10), file);
  }

  @Test
  void comparesClasses() {
    ComparisonReport.Table table = compare("r1", "r2", Optional.empty()).classes();

    assertThat(table.columns())
        .containsExactly(
            "class",
            "objects",
            "ap50_a",
            "ap50_b",
            "ap50_delta",
            "ap_a",
            "ap_b",
            "ap_delta",
            "precision_a",
            "precision_b",
            "precision_delta",
            "recall_a",
            "recall_b",
            "recall_delta");
    assertThat(table.rows())
        .extracting(row -> row.stream().map(String::valueOf).collect(joining(" ")))
        .containsExactly(
            "dog 2 0.5050 1.0000 0.4950 0.5000 0.9000 0.4000 0.5000 1.0000 0.5000 0.5000 1.0000"
                + " 0.5000",
            "cat 2 0.5000 0.5000 0.0000 0.2500 0.3000 0.0500 0.3333 1.0000 0.6667 0.5000 0.5000"
                + " 0.0000",
            "(all) 4 0.5000 0.7500 0.2500 0.4000 0.6000 0.2000 0.4000 1.0000 0.6000 0.5000 0.7500"
                + " 0.2500");
  }

  /** Beach is first by name, street by the difference of F1. */
  @Test
  void comparesTaggersByF1(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("tags.html");

    ComparisonReport.Table table = compare("t1", "t2", Optional.of(file)).classes();

    assertThat(table.columns())
        .containsExactly(
            "class",
            "objects",
            "f1_a",
            "f1_b",
            "f1_delta",
            "precision_a",
            "precision_b",
            "precision_delta",
            "recall_a",
            "recall_b",
            "recall_delta");
    assertThat(table.rows())
        .extracting(row -> row.stream().limit(5).map(String::valueOf).collect(joining(" ")))
        .containsExactly(
            "street 4 0.6667 0.7500 0.0833",
            "beach 5 0.7500 0.7500 0.0000",
            "cave 0 null null null",
            "(all) 9 0.7083 0.7500 0.0417");
    assertThat(Files.readString(file)).contains("the greatest difference of F1 first");
  }

  /** By precision, beach would be first. */
  @Test
  void comparesClassifiersByRecall() {
    assertThat(compare("c1", "c2", Optional.empty()).classes().rows())
        .extracting(row -> row.get(0))
        .containsExactly("street", "beach", "(all)");
  }

  @Test
  void comparesImages() {
    assertThat(compare("r1", "r2", Optional.empty()).images(10).rows())
        .containsExactly(
            List.of("2", "b.png", 1L, 0L, 2L, 0L),
            List.of("1", "a.png", 0L, 1L, 1L, 0L),
            List.of("3", "c.png", 0L, 1L, 0L, 0L));
  }

  @Test
  void comparesModelsOnTheDataSetTheyShare() {
    assertThat(compare("scout", "sentinel", Optional.empty()).notes())
        .containsExactly(
            "a: scout@1 (r1), b: sentinel@1 (r2), on pets", "They differ on 3 images.");
  }

  @Test
  void writesAPageWithBothAnswersToAnImage(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("compared.html");

    compare("r1", "r2", Optional.of(file));

    assertThat(Files.readString(file))
        .contains("scout@1 and sentinel@1 on pets", "+0.400", "They differ on 3 images.")
        .contains("only A detects 1 object, only B 0; A has 2 false positives, B 0")
        .doesNotContain("http:", "https:", "<link", "url(");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          r1    | bare     | Cannot compare r1 with bare: they were not evaluated on one data set (r1: pets; bare: others)
          r1    | nothing  | Unknown evaluation 'nothing': it is neither the id of a run nor a model that was evaluated
          """)
  void refusesWhatIsNotComparable(String a, String b, String message) {
    assertThatThrownBy(() -> compare(a, b, Optional.empty()))
        .isInstanceOf(RefusalException.class)
        .hasMessage(message);
  }

  @Test
  void refusesImagesWithoutMatches() {
    assertThatThrownBy(() -> compare("bare", "bare", Optional.empty()).images(1))
        .hasMessage(
            "Cannot compare images: run bare kept no matches; run its statement again with"
                + " keep_matches = true");
    assertThatThrownBy(
            () ->
                ComparisonReport.of(
                    connector(),
                    new ComparisonReport.Request("sentinel", "r1", Optional.of("others"), 1),
                    Optional.empty()))
        .hasMessage(
            "There is no evaluation of 'sentinel' on others; it is neither the id of a run nor a"
                + " model that was evaluated on this data set");
  }

  @Test
  void refusesARunWithoutMeasures() throws Exception {
    session.update("UPDATE seeql.runs SET state = 'running' WHERE run_id = 'bare'");
    try {
      assertThatThrownBy(() -> compare("bare", "bare", Optional.empty()))
          .hasMessage(
              "Cannot compare run bare: it has not finished; resume it with `seeql run --resume"
                  + " bare`");
    } finally {
      session.update("UPDATE seeql.runs SET state = 'succeeded' WHERE run_id = 'bare'");
    }
  }
}
