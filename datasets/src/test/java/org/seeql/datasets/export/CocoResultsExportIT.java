package org.seeql.datasets.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.TestServer;
import org.seeql.database.ledger.ColumnType;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout.Shape;
import org.seeql.datasets.coco.CocoFile;
import org.seeql.datasets.export.CocoResultsExport.Summary;
import org.seeql.datasets.load.DataSetImport;
import org.seeql.datasets.load.DataSetListener;
import org.seeql.datasets.load.DataSetRequest;
import org.seeql.datasets.load.OnError;
import org.seeql.planner.statement.TableName;

class CocoResultsExportIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String RUN = "20260101-000000-abcd";
  private static final String JSON =
      """
      {"images": [{"id": 5, "file_name": "a.jpg", "width": 20, "height": 10}],
       "annotations": [{"id": 1, "image_id": 5, "category_id": 9, "bbox": [0, 0, 1, 1]}],
       "categories": [{"id": 2, "name": "cat"}, {"id": 9, "name": "cat"}, {"id": 3, "name": "dog"}]}
      """;

  private static final TestServer DATABASE = TestServer.shared();

  @TempDir Path folder;

  @BeforeEach
  void importDataSetAndMakeAResult() throws SQLException, IOException {
    DATABASE.execute("DROP DATABASE IF EXISTS coco");
    DATABASE.emptySystemTables();
    Path file = Files.writeString(folder.resolve("a.json"), JSON);
    new DataSetImport(DATABASE.connector(), DataSetListener.NONE, problem -> {})
        .run(
            List.of(new CocoFile(file, "a.json")),
            new DataSetRequest("coco", "/images", Optional.empty(), OnError.FAIL));
    DATABASE.execute(
        "CREATE TABLE coco.found (run_id VARCHAR(32), image_id BIGINT, label VARCHAR(255), score"
            + " DOUBLE, x_min DOUBLE, y_min DOUBLE, x_max DOUBLE, y_max DOUBLE)");
  }

  @Test
  void mapsBoxesToCategoriesByClassName() throws Exception {
    RecordedRun.insert(
        DATABASE, RUN, Shape.DETECTION, Optional.of(TableName.of("coco", "found")), "succeeded");
    DATABASE.execute(
        "INSERT INTO coco.found VALUES ('%1$s', 5, 'cat', 0.5, 1, 2, 4.5, 8), ('%1$s', 5, 'dog', 1e-5, 0, 0, 20, 10), ('%1$s', 5, 'gnu', 0.9, 0, 0, 1, 1), ('other', 5, 'dog', 0.9, 0, 0, 1, 1)"
            .formatted(RUN));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    Summary summary = new CocoResultsExport(DATABASE.connector()).write("coco", RUN, out);

    // Of the two categories named cat, the one with annotations is used.
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            [
            {"image_id":5,"category_id":9,"bbox":[1.0,2.0,3.5,6.0],"score":0.5},
            {"image_id":5,"category_id":3,"bbox":[0.0,0.0,20.0,10.0],"score":1.0E-5}
            ]
            """);
    assertThat(summary).isEqualTo(new Summary(2, Map.of("gnu", 1L)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mask|{\"size\":[10,20],\"counts\":\"R1\\\\0\"}"
            + "|\"segmentation\":{\"size\":[10,20],\"counts\":\"R1\\\\0\"}",
        "corners|[[4.5,8],[1,8.5],[1,2],[-4.5,2]]"
            + "|\"segmentation\":[[4.5,8.0,1.0,8.5,1.0,2.0,-4.5,2.0]]",
        "keypoints|[[2,3.5,0.75],[null,1,0]]|\"keypoints\":[2.0,3.5,0.75,0.0,1.0,0.0]",
        "keypoints|[[2,3.5],[1,1]]|\"keypoints\":[2.0,3.5,1.0,1.0,1.0,1.0]",
      })
  void writesTheGeometryOfObjects(String columnValueAndField) throws Exception {
    String[] parts = columnValueAndField.split("\\|");
    String column = parts[0];
    RecordedRun.insert(
        DATABASE,
        RUN,
        Shape.DETECTION,
        Optional.of(TableName.of("coco", "found")),
        "succeeded",
        List.of(ResultColumn.computed(column, ColumnType.JSON.orNull())));
    DATABASE.execute("ALTER TABLE coco.found ADD COLUMN %s JSON".formatted(column));
    DATABASE.execute(
        "INSERT INTO coco.found VALUES ('%1$s', 5, 'dog', 0.5, 1, 2, 4.5, 8, '%2$s'), ('%1$s', 5, 'dog', 0.4, 1, 2, 4.5, 8, NULL)"
            .formatted(RUN, parts[1].replace("\\", "\\\\")));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    new CocoResultsExport(DATABASE.connector()).write("coco", RUN, out);

    // MySQL stores JSON with other spaces
    assertThat(MAPPER.readTree(out.toString(UTF_8)))
        .isEqualTo(
            MAPPER.readTree(
                """
                [
                {"image_id":5,"category_id":3,"bbox":[1.0,2.0,3.5,6.0],"score":0.5,%s},
                {"image_id":5,"category_id":3,"bbox":[1.0,2.0,3.5,6.0],"score":0.4}
                ]
                """
                    .formatted(parts[2])));
  }

  @Test
  void matchesNamesAsEvaluationDoes() throws Exception {
    RecordedRun.insert(
        DATABASE, RUN, Shape.DETECTION, Optional.of(TableName.of("coco", "found")), "succeeded");
    DATABASE.execute("INSERT INTO coco.categories (id, name) VALUES (10, 'traffic light')");
    DATABASE.execute(
        "INSERT INTO coco.found VALUES ('%1$s', 5, 'Traffic_Light', 0.5, 0, 0, 1, 1), ('%1$s', 5, 'DOG', 0.5, 0, 0, 1, 1), ('%1$s', 5, 'Cat', 0.5, 0, 0, 1, 1), ('%1$s', 5, 'cat', 0.5, 0, 0, 1, 1)"
            .formatted(RUN));
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    Summary summary = new CocoResultsExport(DATABASE.connector()).write("coco", RUN, out);

    assertThat(out.toString(UTF_8))
        .contains("\"category_id\":10,", "\"category_id\":3,", "\"category_id\":9,");
    assertThat(summary).isEqualTo(new Summary(3, Map.of("Cat", 1L)));
  }

  @Test
  void writesAnEmptyListForARunWithoutDetections() throws Exception {
    RecordedRun.insert(
        DATABASE, RUN, Shape.DETECTION, Optional.of(TableName.of("coco", "found")), "succeeded");
    DATABASE.execute("UPDATE seeql.runs SET rows_written = 0");
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    new CocoResultsExport(DATABASE.connector()).write("coco", RUN, out);

    assertThat(out.toString(UTF_8)).isEqualToIgnoringWhitespace("[]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DETECTION|running|5|its state is running, not succeeded; seeql run --resume 20260101-000000-abcd continues it",
        "CLASS|succeeded|5|its result does not have one row per detection; run a detector with --result=long",
        "DETECTION|succeeded|7|its image 7 is not in coco.images; the run must select image_id from it",
        "DETECTION|succeeded||coco.found no longer contains its rows: a later run or another program replaced them",
      })
  void refusesRunsWithoutDetectionsInTheDataSet(
      Shape shape, String state, Integer image, String reason) throws Exception {
    RecordedRun.insert(DATABASE, RUN, shape, Optional.of(TableName.of("coco", "found")), state);
    if (image != null) {
      DATABASE.execute(
          "INSERT INTO coco.found VALUES ('%s', %d, 'cat', 0.5, 1, 2, 4, 8)".formatted(RUN, image));
    }

    refused("coco", RUN, "Cannot export run " + RUN + ": " + reason);
  }

  @Test
  void refusesARunWithoutATable() throws Exception {
    RecordedRun.insert(DATABASE, RUN, Shape.DETECTION, Optional.empty(), "succeeded");

    refused(
        "coco",
        RUN,
        "Cannot export run " + RUN + ": its statement has no INTO, so its rows were not stored");
  }

  @Test
  void refusesADatabaseWithoutADataSet() throws Exception {
    RecordedRun.insert(
        DATABASE, RUN, Shape.DETECTION, Optional.of(TableName.of("coco", "found")), "succeeded");
    DATABASE.execute(
        "INSERT INTO coco.found VALUES ('%s', 5, 'cat', 0.5, 1, 2, 4, 8)".formatted(RUN));

    refused(
        "main",
        RUN,
        "Cannot export run "
            + RUN
            + ": there is no table main.images; seeql import coco creates it");
  }

  @Test
  void listsTheKnownRuns() throws Exception {
    RecordedRun.insert(
        DATABASE, RUN, Shape.DETECTION, Optional.of(TableName.of("coco", "found")), "succeeded");

    refused("coco", "nope", "Unknown run 'nope'; known: " + RUN);
  }

  private static void refused(String dataSet, String runId, String message) {
    assertThatThrownBy(
            () ->
                new CocoResultsExport(DATABASE.connector())
                    .write(dataSet, runId, new ByteArrayOutputStream()))
        .isInstanceOf(RefusalException.class)
        .hasMessage(message);
  }
}
