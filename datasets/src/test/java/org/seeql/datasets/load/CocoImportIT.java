package org.seeql.datasets.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.JsonCells;
import org.seeql.database.embedded.TestServer;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.datasets.coco.CocoFile;
import org.seeql.datasets.load.DataSetSummary.Counts;
import org.seeql.datasets.record.Problem;
import org.seeql.datasets.record.Section;

class CocoImportIT {
  private static final String WHOLE =
      """
      {"info": {"year": 2017, "version": "1.0", "description": "It's \\"COCO\\"", "contributor": "C",
                "url": "http://x", "date_created": "2017/09/01"},
       "licenses": [{"id": 4, "name": "Attribution", "url": "http://l"}],
       "images": [{"license": 4, "file_name": "000000397133.jpg", "coco_url": "http://c",
                   "height": 427, "width": 640, "date_captured": "2013-11-14 17:02:52",
                   "flickr_url": "http://f", "id": 397133},
                  {"id": 2, "file_name": "deep/Ä 🐕.png", "height": 10, "width": 20, "scene": "dog"}],
       "annotations": [{"segmentation": [[1.50, 2, 3]], "area": 120057.13925, "iscrowd": 0,
                        "image_id": 397133, "bbox": [102.49, 118.47, 7.9, 17.31],
                        "category_id": 44, "id": 82445},
                       {"segmentation": {"counts": [1, 2], "size": [10, 20]}, "iscrowd": 1,
                        "image_id": 2, "bbox": [0, 0, 20, 10], "category_id": 1, "id": 9,
                        "keypoints": [1, 2]}],
       "categories": [{"supercategory": "person", "id": 1, "name": "person"},
                      {"supercategory": "kitchen", "id": 44, "name": "bottle"}]}
      """;

  private static final TestServer DATABASE = TestServer.shared();

  @TempDir Path folder;
  private final List<Problem> problems = new ArrayList<>();

  @BeforeEach
  void dropDatabases() throws SQLException {
    DATABASE.execute("DROP DATABASE IF EXISTS coco");
    DATABASE.emptySystemTables();
  }

  @Test
  void keepsEveryFieldUnderItsOwnName() throws Exception {
    DataSetSummary summary = importFile(WHOLE);

    assertThat(summary.counts())
        .containsEntry(Section.LICENSES, new Counts(1, 0, 0))
        .containsEntry(Section.CATEGORIES, new Counts(2, 0, 0))
        .containsEntry(Section.IMAGES, new Counts(2, 0, 0))
        .containsEntry(Section.ANNOTATIONS, new Counts(2, 0, 0));
    assertThat(
            JsonCells.alike(
                DATABASE.query(
                    "SELECT CONCAT_WS('|', image_id, license, file_name, path, coco_url, height,"
                        + " width, date_captured, flickr_url, split, extra) FROM coco.images ORDER"
                        + " BY image_id")))
        .containsExactly(
            "2|deep/Ä 🐕.png|deep/Ä 🐕.png|10|20|{\"scene\":\"dog\"}",
            "397133|4|000000397133.jpg|000000397133.jpg|http://c|427|640|2013-11-14"
                + " 17:02:52|http://f");
    assertThat(
            JsonCells.alike(
                DATABASE.query(
                    "SELECT CONCAT_WS('|', id, image_id, category_id, segmentation, area, bbox,"
                        + " bbox_x, bbox_y, bbox_width, bbox_height, iscrowd, extra) FROM"
                        + " coco.annotations ORDER BY id")))
        .containsExactlyElementsOf(
            JsonCells.alike(
                List.of(
                    "9|2|1|{\"counts\":[1,2],\"size\":[10,20]}|200|[0, 0, 20,"
                        + " 10]|0|0|20|10|1|{\"keypoints\":[1,2]}",
                    "82445|397133|44|[[1.50,2,3]]|120057.13925|[102.49, 118.47, 7.9,"
                        + " 17.31]|102.49|118.47|7.9|17.31|0")));
    assertThat(
            DATABASE.query("SELECT CONCAT_WS('|', id, name, supercategory) FROM coco.categories"))
        .containsExactlyInAnyOrder("1|person|person", "44|bottle|kitchen");
    assertThat(DATABASE.query("SELECT CONCAT_WS('|', id, name, url) FROM coco.licenses"))
        .containsExactly("4|Attribution|http://l");
    assertThat(
            DATABASE.query(
                "SELECT CONCAT_WS('|', year, version, description, contributor, url, date_created)"
                    + " FROM coco.info"))
        .containsExactly("2017|1.0|It's \"COCO\"|C|http://x|2017/09/01");
    assertThat(DATABASE.query("SELECT root FROM seeql.image_roots")).containsExactly("/images");
  }

  @Test
  void acceptsSectionsInAnyOrder() throws Exception {
    importFile(
        """
        {"annotations": [{"id": 1, "image_id": 5, "category_id": 3, "bbox": [0, 0, 1, 1]}],
         "unknown": {"images": [1]},
         "categories": [{"id": 3, "name": "car"}],
         "images": [{"id": 5, "file_name": "a.jpg", "width": 4, "height": 3}]}
        """);

    assertThat(DATABASE.query("SELECT area FROM coco.annotations")).containsExactly("1.0");
  }

  @Test
  void changesNothingWhenItIsRunAgain() throws Exception {
    importFile(WHOLE);
    List<String> before = checksums();

    DataSetSummary summary = importFile(WHOLE);

    assertThat(checksums()).isEqualTo(before);
    assertThat(summary.counts().get(Section.IMAGES)).isEqualTo(new Counts(0, 2, 0));
    assertThat(summary.counts().get(Section.ANNOTATIONS)).isEqualTo(new Counts(0, 2, 0));
    assertThat(summary.counts().get(Section.CATEGORIES)).isEqualTo(new Counts(0, 2, 0));
  }

  @Test
  void reportsRecordsThatTheDatabaseHasWithOtherValues() throws Exception {
    importFile(WHOLE);
    List<String> before = checksums();
    String other =
        WHOLE
            .replace("\"keypoints\": [1, 2]", "\"keypoints\": [1, 3]")
            .replace("\"bottle\"", "\"flask\"");

    DataSetSummary summary = importFile(other, OnError.SKIP);

    assertThat(checksums()).isEqualTo(before);
    assertThat(summary.problems())
        .containsExactly(
            Map.entry(Problem.Kind.UNKNOWN_CATEGORY, 1L), Map.entry(Problem.Kind.DIFFERENT, 2L));
    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(
            "a.json: category 44: the database has a different category with this id",
            "a.json:8:18: annotation 82445: its category 44 is skipped",
            "a.json:11:18: annotation 9: the database has a different annotation with this id");
  }

  @Test
  void recognizesABoxAtMinusZero() throws Exception {
    String json =
        WHOLE.replace("[0, 0, 20, 10]", "[-0.0, -0, 20, 10]").replace("120057.13925", "-0.0");
    importFile(json);

    DataSetSummary summary = importFile(json);

    assertThat(summary.counts()).containsEntry(Section.ANNOTATIONS, new Counts(0, 2, 0));
  }

  @Test
  void importsSplitsOfSeveralFoldersIntoOneDatabase() throws Exception {
    importInto("/data/coco/val2017", "val", image(1));
    importInto("/data/coco/train2017", "train", image(2));
    importInto("/data/coco/val2017", "val", image(3));

    assertThat(DATABASE.query("SELECT CONCAT_WS('|', image_id, path, split) FROM coco.images"))
        .containsExactlyInAnyOrder(
            "1|val2017/1.jpg|val", "2|train2017/2.jpg|train", "3|val2017/3.jpg|val");
    assertThat(DATABASE.query("SELECT root FROM seeql.image_roots")).containsExactly("/data/coco");
  }

  @Test
  void refusesAFolderFarFromTheOthers() throws Exception {
    importInto("/data/coco", "val", image(1));

    assertThatThrownBy(() -> importInto("/home/pictures", "train", image(2)))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot import into coco: its images are in /data/coco, which has no common parent"
                + " folder with /home/pictures; import into another database");
  }

  @Test
  void writesNothingIfDataIsBad() throws Exception {
    String bad = WHOLE.replace("\"category_id\": 1,", "\"category_id\": 7,");

    assertThatThrownBy(() -> importFile(bad))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot import into coco: 1 record of a category that does not exist; nothing was"
                + " written; --report lists all of them, --on_error=skip imports the rest\n"
                + "  a.json:11:18: annotation 9: there is no category 7");
    assertThat(DATABASE.query("SHOW DATABASES LIKE 'coco'")).isEmpty();
  }

  @Test
  void leavesNoRowsAfterAnInterruption() throws Exception {
    String annotations =
        IntStream.rangeClosed(1, 30_000)
            .mapToObj(
                i -> "{'id': %d, 'image_id': 1, 'category_id': 1, 'bbox': [0,0,1,1]}".formatted(i))
            .collect(Collectors.joining(","));
    String json =
        ("{'categories': [{'id': 1, 'name': 'x'}], 'images': [{'id': 1, 'file_name': 'a', 'width':"
                + " 2, 'height': 2}], 'annotations': ["
                + annotations
                + "]}")
            .replace('\'', '"');
    Path file = Files.writeString(folder.resolve("a.json"), json);
    List<String> seen = new ArrayList<>();
    DataSetListener breaker =
        new DataSetListener() {
          @Override
          public void reading(String source) {}

          @Override
          public void progress(Phase phase, long done, long total) {
            if (phase == Phase.IMPORTED && done == 29_000) {
              killOthers(seen);
            }
          }
        };

    assertThatThrownBy(
            () ->
                new DataSetImport(DATABASE.connector(), breaker, problems::add)
                    .run(
                        List.of(new CocoFile(file, "a.json")),
                        new DataSetRequest("coco", "/images", Optional.empty(), OnError.FAIL)))
        .isInstanceOf(RefusalException.class)
        .hasMessageStartingWith("Cannot import into coco: ");

    // A part of the data had reached the server.
    assertThat(seen).hasSize(1);
    assertThat(Long.parseLong(seen.get(0))).isPositive();
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(DATABASE.query("SELECT COUNT(*) FROM information_schema.innodb_trx"))
                    .containsExactly("0"));
    for (String table : DataSetTables.NAMES) {
      assertThat(DATABASE.query("SELECT COUNT(*) FROM coco." + table)).containsExactly("0");
    }
    assertThat(DATABASE.query("SELECT COUNT(*) FROM seeql.image_roots")).containsExactly("0");
    assertThat(importFile(json).counts().get(Section.ANNOTATIONS))
        .isEqualTo(new Counts(30_000, 0, 0));
  }

  private static void killOthers(List<String> seen) {
    try (DatabaseSession session = DatabaseSession.open(DATABASE.connector())) {
      session.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED");
      seen.addAll(session.query("SELECT COUNT(*) FROM coco.annotations", row -> row.getString(1)));
      List<Long> others =
          session.query(
              "SELECT id FROM information_schema.processlist WHERE user = 'seeql' AND id <>"
                  + " CONNECTION_ID()",
              row -> row.getLong(1));
      for (long id : others) {
        session.execute("KILL " + id);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void refusesTablesOfAnotherKind() throws Exception {
    DATABASE.execute("CREATE DATABASE coco");
    DATABASE.execute("CREATE TABLE coco.images (id INT, file_name TEXT)");

    assertThatThrownBy(() -> importFile(WHOLE))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot import into coco: table coco.images exists and has no column image_id, license,"
                + " path, coco_url, height, width, date_captured, flickr_url, split, extra; import"
                + " into another database");
  }

  @Test
  void findsFilesByNamesOfWindowsAndByAbsoluteOnes() throws Exception {
    Path images = Files.createDirectories(folder.resolve("in/images")).getParent().toRealPath();
    Files.writeString(images.resolve("images/a.jpg"), "x");
    Files.writeString(images.resolve("images/b.jpg"), "x");
    Files.writeString(images.resolve("back\\slash.jpg"), "x");
    Path link = Files.createSymbolicLink(folder.resolve("link"), images);

    DataSetSummary summary =
        importFile(
            """
            {"images": [{"id": 1, "file_name": "images\\\\a.jpg", "width": 4, "height": 3},
                        {"id": 2, "file_name": "%1$s/images/b.jpg", "width": 4, "height": 3},
                        {"id": 3, "file_name": "%2$s/images/b.jpg", "width": 4, "height": 3},
                        {"id": 4, "file_name": "back\\\\slash.jpg", "width": 4, "height": 3},
                        {"id": 5, "file_name": "%1$s/gone.jpg", "width": 4, "height": 3},
                        {"id": 6, "file_name": "images", "width": 4, "height": 3}]}
            """
                .formatted(images, link),
            new DataSetRequest("coco", images.toString(), Optional.empty(), OnError.FAIL));

    assertThat(DATABASE.query("SELECT path FROM coco.images ORDER BY image_id"))
        .containsExactly(
            "images/a.jpg",
            "images/b.jpg",
            "images/b.jpg",
            "back\\slash.jpg",
            "gone.jpg",
            "images");
    assertThat(DATABASE.query("SELECT file_name FROM coco.images WHERE image_id = 1"))
        .containsExactly("images\\a.jpg");
    assertThat(summary.missingFiles()).isEqualTo(2);
    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly(
            "a.json:5:13: image 5: there is no file " + images + "/gone.jpg",
            "a.json:6:13: image 6: there is no file images");
  }

  @Test
  void refusesWindowsAndAbsoluteNamesOutsideTheFolder() throws Exception {
    Path images = Files.createDirectories(folder.resolve("in")).toRealPath();
    Files.createDirectories(folder.resolve("in2"));

    importFile(
        """
        {"images": [{"id": 1, "file_name": "..\\\\a.jpg", "width": 4, "height": 3},
                    {"id": 2, "file_name": "%1$s2/b.jpg", "width": 4, "height": 3},
                    {"id": 3, "file_name": "%1$s/../b.jpg", "width": 4, "height": 3},
                    {"id": 4, "file_name": "/", "width": 4, "height": 3},
                    {"id": 5, "file_name": "\\\\\\\\server\\\\b.jpg", "width": 4, "height": 3}]}
        """
            .formatted(images),
        new DataSetRequest("coco", images.toString(), Optional.empty(), OnError.SKIP));

    assertThat(DATABASE.query("SELECT path FROM coco.images")).isEmpty();
    assertThat(problems)
        .hasSize(5)
        .allMatch(problem -> problem.reason().startsWith("its file_name is outside the folder"));
  }

  @Test
  void refusesPipesAndDevicesAtOnce() throws Exception {
    Path pipe = folder.resolve("pipe.json");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    DataSetRequest request = new DataSetRequest("coco", "/images", Optional.empty(), OnError.FAIL);

    for (Path file : List.of(pipe, Path.of("/dev/zero"), Path.of("/proc/self/fd"))) {
      assertThatThrownBy(
              () ->
                  new DataSetImport(DATABASE.connector(), DataSetListener.NONE, problems::add)
                      .run(List.of(new CocoFile(file, "it")), request))
          .isInstanceOf(RefusalException.class)
          .hasMessageMatching("Cannot import into coco: it is (not a regular file|a folder)");
    }
  }

  @Test
  void aFileMayHaveAByteOrderMarkAndLinesOfWindows() throws Exception {
    importFile("\uFEFF" + WHOLE.replace("\n", "\r\n"));

    assertThat(DATABASE.query("SELECT COUNT(*) FROM coco.annotations")).containsExactly("2");
  }

  private static String image(int id) {
    return """
        {"images": [{"id": %1$d, "file_name": "%1$d.jpg", "width": 4, "height": 3}]}
        """
        .formatted(id);
  }

  private DataSetSummary importFile(String json) throws IOException {
    return importFile(json, OnError.FAIL);
  }

  private DataSetSummary importFile(String json, OnError onError) throws IOException {
    return importFile(json, new DataSetRequest("coco", "/images", Optional.empty(), onError));
  }

  private DataSetSummary importInto(String images, String split, String json) throws IOException {
    return importFile(json, new DataSetRequest("coco", images, Optional.of(split), OnError.FAIL));
  }

  private DataSetSummary importFile(String json, DataSetRequest request) throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), json);
    return new DataSetImport(DATABASE.connector(), DataSetListener.NONE, problems::add)
        .run(List.of(new CocoFile(file, "a.json")), request);
  }

  private static List<String> checksums() throws SQLException {
    try (DatabaseSession session = DatabaseSession.open(DATABASE.connector())) {
      return session.query(
          "CHECKSUM TABLE coco.images, coco.annotations, coco.categories, coco.licenses, coco.info,"
              + " seeql.image_roots",
          row -> row.getString(1) + " " + row.getString(2));
    }
  }
}
