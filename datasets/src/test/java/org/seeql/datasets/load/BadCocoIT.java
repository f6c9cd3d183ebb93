package org.seeql.datasets.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.TestServer;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.datasets.coco.CocoFile;
import org.seeql.datasets.record.Problem;

/** Tests data that is invalid by accident or on purpose. */
class BadCocoIT {
  @TempDir static Path data;
  private static TestServer database;

  @TempDir Path folder;
  private final List<Problem> problems = new ArrayList<>();

  @BeforeAll
  static void startDatabase() {
    database = TestServer.start(data);
  }

  @AfterAll
  static void stopDatabase() {
    database.close();
  }

  @BeforeEach
  void dropDatabase() throws SQLException {
    execute("DROP DATABASE IF EXISTS coco");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'id': 1, 'image_id': 1, 'category_id': 1, 'bbox': [0,0,1,1]|duplicate_id|annotation 1: an earlier annotation has the same id",
        "'id': 2, 'image_id': 9, 'category_id': 1, 'bbox': [0,0,1,1]|unknown_image|annotation 2: there is no image 9",
        "'id': 2, 'image_id': 1, 'category_id': 9, 'bbox': [0,0,1,1]|unknown_category|annotation 2: there is no category 9",
        "'id': 2, 'image_id': 1, 'category_id': 1, 'bbox': [0,0,0,1]|box_size|annotation 2: its box has no area: [0, 0, 0, 1]",
        "'id': 2, 'image_id': 1, 'category_id': 1, 'bbox': [5,5,2,-3.5]|box_size|annotation 2: its box has no area: [5, 5, 2, -3.5]",
        "'id': 2, 'image_id': 1, 'category_id': 1, 'bbox': [0,0,21.5,1]|box_outside|annotation 2: its box [0, 0, 21.5, 1] is not within image 1, which has 20 x 10 pixels",
        "'id': 2, 'image_id': 1, 'category_id': 1, 'bbox': [-2,0,3,1]|box_outside|annotation 2: its box [-2, 0, 3, 1] is not within image 1, which has 20 x 10 pixels",
        "'id': 2, 'image_id': 1, 'category_id': 1, 'bbox': [0,0,1e308,1e308]|box_outside|annotation 2: its box [0, 0, 1.0E308, 1.0E308] is not within image 1, which has 20 x 10 pixels",
        "'id': 2, 'image_id': 1, 'category_id': 1, 'bbox': [0,0,NaN,1]|not_a_number|annotation 2: its bbox contains NaN",
        "'id': 2, 'image_id': 1, 'category_id': 1, 'bbox': [0,0,Infinity,1]|not_a_number|annotation 2: its bbox contains Infinity",
        "'id': 2, 'image_id': 1, 'category_id': 1, 'bbox': [0,0,1e999,1]|not_a_number|annotation 2: its bbox contains Infinity",
        "'id': 2, 'image_id': 1, 'category_id': 1, 'bbox': [0,0,1]|wrong_type|annotation 2: its bbox is not a list of 4 numbers: it has 3",
        "'id': 2, 'image_id': 1, 'category_id': 1, 'bbox': [0,'0',[],1]|wrong_type|annotation 2: its bbox is not a list of 4 numbers",
        "'id': 2, 'image_id': 1, 'category_id': 1, 'bbox': {'x': [1]}|wrong_type|annotation 2: its bbox is not a list of 4 numbers: an object",
        "'id': 2, 'image_id': 1, 'category_id': 1|missing_field|annotation 2: it has no bbox",
        "'id': 2, 'image_id': null, 'category_id': 1, 'bbox': [0,0,1,1]|missing_field|annotation 2: its image_id is null",
        "'image_id': 1, 'category_id': 1, 'bbox': [0,0,1,1]|missing_field|annotation: it has no id",
        "'id': '2', 'image_id': 1, 'category_id': 1, 'bbox': [0,0,1,1]|wrong_type|annotation: its id is not an integer: \"2\"",
        "'id': 2.5, 'image_id': 1, 'category_id': 1, 'bbox': [0,0,1,1]|wrong_type|annotation: its id is not an integer: 2.5",
        "'id': 99999999999999999999, 'image_id': 1, 'category_id': 1, 'bbox': [0,0,1,1]|bad_value|annotation: its id does not fit into 64 bits: 99999999999999999999",
        "'id': 2, 'image_id': 1, 'category_id': 1, 'bbox': [0,0,1,1], 'area': -1|bad_value|annotation 2: its area is -1",
        "'id': 2, 'image_id': 1, 'category_id': 1, 'bbox': [0,0,1,1], 'iscrowd': 2|bad_value|annotation 2: its iscrowd is neither 0 nor 1: 2",
        "'id': 2, 'image_id': 1, 'category_id': 1, 'bbox': [0,0,1,1], 'segmentation': [[1, NaN]]|not_a_number|annotation 2: its segmentation contains NaN or infinity",
        "'id': 2, 'image_id': 1, 'category_id': 1, 'bbox': [0,0,1,1], 'segmentation': 'x'|wrong_type|annotation 2: its segmentation is not a list or an object: \"x\"",
        "'id': 2, 'image_id': 1, 'category_id': 1, 'bbox': [0,0,1,1], 'score': -Infinity|not_a_number|annotation 2: its score contains NaN or infinity",
      })
  void skipsABadAnnotationAndReportsWhy(String fields, String kind, String text) throws Exception {
    String json =
        """
        {'categories': [{'id': 1, 'name': 'cat'}],
        'images': [{'id': 1, 'file_name': 'a.jpg', 'width': 20, 'height': 10}],
        'annotations': [{'id': 1, 'image_id': 1, 'category_id': 1, 'bbox': [0, 0, 20, 10]},
        {%s},
        {'id': 3, 'image_id': 1, 'category_id': 1, 'bbox': [-0.5, 0, 21, 10]}]}
        """
            .formatted(fields);

    importFile(json, OnError.SKIP);

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).toString()).isEqualTo("a.json:4:1: " + text);
    assertThat(problems.get(0).kind().code()).isEqualTo(kind);
    assertThat(query("SELECT id FROM coco.annotations ORDER BY id")).containsExactly("1", "3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'id': 1, 'file_name': 'a.jpg', 'width': 20, 'height': 10|image 1: an earlier image has the same id",
        "'id': 2, 'file_name': 'b.jpg', 'height': 10|image 2: it has no width",
        "'id': 2, 'width': 20, 'height': 10|image 2: it has no file_name",
        "'id': 2, 'file_name': 7, 'width': 20, 'height': 10|image 2: its file_name is not a string: 7",
        "'id': 2, 'file_name': 'b.jpg', 'width': 0, 'height': 10|image 2: its size is 0 x 10",
        "'id': 2, 'file_name': 'b.jpg', 'width': 5000000000, 'height': 10|image 2: its width does not fit into 32 bits: 5000000000",
        "'id': 2, 'file_name': '../b.jpg', 'width': 20, 'height': 10|image 2: its file_name is outside the folder of images: ../b.jpg",
        "'id': 2, 'file_name': '/etc/passwd', 'width': 20, 'height': 10|image 2: its file_name is outside the folder of images: /etc/passwd",
        "'id': 2, 'file_name': 'b\\ud83d.jpg', 'width': 20, 'height': 10|image 2: its file_name contains half of a surrogate pair",
        "'id': 2, 'file_name': 'b.jpg', 'width': 20, 'height': 10, 'flickr_url': '\\udc15\\ud83d'|image 2: its flickr_url contains half of a surrogate pair",
        "'id': 2, 'file_name': 'b.jpg', 'width': 20, 'height': 10, 'tags': ['\\ud83d']|image 2: its tags contains half of a surrogate pair",
        "'id': 2, 'file_name': 'b.jpg', 'width': 20, 'height': 10, 'tags': {'\\ud83d': 1}|image 2: its tags contains half of a surrogate pair",
        "'id': 2, 'file_name': ' ', 'width': 20, 'height': 10|image 2: its file_name is empty",
      })
  void skipsABadImageAndItsAnnotations(String fields, String text) throws Exception {
    String json =
        """
        {'annotations': [{'id': 1, 'image_id': 1, 'category_id': 1, 'bbox': [0, 0, 20, 10]}],
        'images': [{'id': 1, 'file_name': 'a.jpg', 'width': 20, 'height': 10},
        {%s}],
        'categories': [{'id': 1, 'name': 'cat'}]}
        """
            .formatted(fields);

    importFile(json, OnError.SKIP);

    assertThat(problems).extracting(Problem::toString).containsExactly("a.json:3:1: " + text);
    assertThat(query("SELECT COUNT(*) FROM coco.annotations")).containsExactly("1");
    assertThat(query("SELECT COUNT(*) FROM coco.images")).containsExactly("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'images': [{'id': 1,}]}|a.json:1:22: invalid JSON: Unexpected character ('}' (code 125)): was expecting double-quote to start field name",
        "{'images': [|a.json:1:13: invalid JSON: Unexpected end-of-input: expected close marker for Array (start marker at line: 1, column: 12)",
        "[{'image_id': 1}]|a.json:1:1: it is a list, like COCO results; COCO annotations are an object with images, annotations and categories",
        "'text'|a.json:1:1: it is not a JSON object",
        "{'images': {}}|a.json:1:12: \"images\" is not a list",
        "{} {}|a.json:1:4: there is text after the end of the JSON object",
        "``|a.json: the file is empty",
      })
  void reportsWhereAFileIsMalformed(String json, String text) {
    assertThatThrownBy(() -> importFile(json, OnError.SKIP))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot import into coco: 1 record malformed; nothing is left to import\n  " + text);
  }

  @Test
  void refusesEndlesslyNestedJson() {
    String json = "{'images': " + "[".repeat(100_000);

    assertThatThrownBy(() -> importFile(json, OnError.FAIL))
        .isInstanceOf(RefusalException.class)
        .hasMessageContaining("a.json:1:")
        .hasMessageContaining("nesting depth (1001)");
  }

  @Test
  void readsTheOtherFilesIfOneIsMalformed() throws Exception {
    Path good =
        write(
            "good.json", "{'images': [{'id': 1, 'file_name': 'a.jpg', 'width': 2, 'height': 1}]}");
    Path bad =
        write(
            "bad.json",
            "{'images': [{'id': 1, 'file_name': 'c.jpg', 'width': 2, 'height': 1},\n"
                + "{'id': 2, 'file_name': 'b.jpg', 'width': 2, 'height': 1}], 'annot");

    importFiles(OnError.SKIP, bad, good);

    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).place().line()).isEqualTo(2);
    assertThat(query("SELECT file_name FROM coco.images")).containsExactly("a.jpg");
  }

  @Test
  void findsReferencedRecordsInAnyFile() throws Exception {
    String images = "'images': [{'id': 1, 'file_name': 'a.jpg', 'width': 2, 'height': 1}]";
    Path first =
        write(
            "a.json",
            "{'annotations': [{'id': 1, 'image_id': 1, 'category_id': 5, 'bbox': [0,0,1,1]}], "
                + images
                + "}");
    Path second = write("b.json", "{'categories': [{'id': 5, 'name': 'x'}], " + images + "}");

    importFiles(OnError.FAIL, first, second);

    assertThat(query("SELECT COUNT(*) FROM coco.annotations")).containsExactly("1");
    assertThat(query("SELECT COUNT(*) FROM coco.images")).containsExactly("1");
  }

  @Test
  void refusesARecordThatNoServerAccepts() throws Exception {
    String polygon =
        IntStream.range(0, 3_000_000).mapToObj(String::valueOf).collect(Collectors.joining(","));

    importFile(
        "{'images': [{'id': 1, 'file_name': 'a.jpg', 'width': 2, 'height': 1}], 'categories':"
            + " [{'id': 1, 'name': 'x'}], 'annotations': [{'id': 1, 'image_id': 1, 'category_id':"
            + " 1, 'bbox': [0,0,1,1], 'segmentation': [["
            + polygon
            + "]]}]}",
        OnError.SKIP);

    assertThat(problems)
        .extracting(Problem::reason)
        .containsExactly("its segmentation is longer than 12 MiB");
    assertThat(query("SELECT COUNT(*) FROM coco.annotations")).containsExactly("0");
  }

  @Test
  void printsTheFirstTenProblemsAndReportsAll() {
    String annotations =
        IntStream.range(0, 1_500)
            .mapToObj(i -> "{'id': " + i + ", 'image_id': 1, 'category_id': 1, 'bbox': [0,0,1,1]}")
            .collect(Collectors.joining(",\n"));

    assertThatThrownBy(() -> importFile("{'annotations': [\n" + annotations + "\n]}", OnError.FAIL))
        .hasMessageStartingWith(
            "Cannot import into coco: 1,500 records of an image that does not exist; nothing was"
                + " written; --report lists all of them, --on_error=skip imports the rest\n"
                + "  a.json:2:1: annotation 0: there is no image 1\n")
        .hasMessageEndingWith("\n  … and 1,490 more");
    assertThat(problems).hasSize(1_500);
  }

  private void importFile(String json, OnError onError) throws IOException {
    importFiles(onError, write("a.json", json));
  }

  private Path write(String name, String json) throws IOException {
    return Files.writeString(folder.resolve(name), json.replace('\'', '"'), UTF_8);
  }

  private void importFiles(OnError onError, Path... files) {
    new DataSetImport(database.connector(), DataSetListener.NONE, problems::add)
        .run(
            List.of(files).stream()
                .map(file -> new CocoFile(file, file.getFileName().toString()))
                .toList(),
            new DataSetRequest("coco", "/images", Optional.empty(), onError));
  }

  private static void execute(String sql) throws SQLException {
    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      session.execute(sql);
    }
  }

  private static List<String> query(String sql) throws SQLException {
    try (DatabaseSession session = DatabaseSession.open(database.connector())) {
      return session.query(sql, row -> row.getString(1));
    }
  }
}
