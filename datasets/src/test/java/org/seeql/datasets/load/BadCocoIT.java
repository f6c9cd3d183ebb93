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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.TestServer;
import org.seeql.datasets.coco.CocoFile;
import org.seeql.datasets.record.Problem;

/** Tests data that is invalid by accident or on purpose. */
class BadCocoIT {
  private static final TestServer DATABASE = TestServer.shared();

  @TempDir Path folder;
  private final List<Problem> problems = new ArrayList<>();

  @BeforeEach
  void dropDatabase() throws SQLException {
    DATABASE.execute("DROP DATABASE IF EXISTS coco");
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
        "'id': 2, 'image_id': 1, 'category_id': 1|missing_field|annotation 2: it has no bbox",
        "'id': 2, 'image_id': 1, 'category_id': 1, 'bbox': [0,0,1,1], 'area': -1|bad_value|annotation 2: its area is -1",
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
    assertThat(DATABASE.query("SELECT id FROM coco.annotations ORDER BY id"))
        .containsExactly("1", "3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'id': 1, 'file_name': 'a.jpg', 'width': 20, 'height': 10|image 1: an earlier image has the same id",
        "'id': 2, 'file_name': 'b.jpg', 'height': 10|image 2: it has no width",
        "'id': 2, 'file_name': 'b.jpg', 'width': 0, 'height': 10|image 2: its size is 0 x 10",
        "'id': 2, 'file_name': '../b.jpg', 'width': 20, 'height': 10|image 2: its file_name is outside the folder of images: ../b.jpg",
        "'id': 2, 'file_name': '/etc/passwd', 'width': 20, 'height': 10|image 2: its file_name is outside the folder of images: /etc/passwd",
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
    assertThat(DATABASE.query("SELECT COUNT(*) FROM coco.annotations")).containsExactly("1");
    assertThat(DATABASE.query("SELECT COUNT(*) FROM coco.images")).containsExactly("1");
  }

  @Test
  void saysWhereAFileIsMalformed() {
    assertThatThrownBy(() -> importFile("{'images': [", OnError.SKIP))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot import into coco: 1 record malformed; nothing is left to import\n"
                + "  a.json:1:13: invalid JSON: Unexpected end-of-input: expected close marker for Array (start marker at line: 1, column: 12)");
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
    assertThat(DATABASE.query("SELECT file_name FROM coco.images")).containsExactly("a.jpg");
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

    assertThat(DATABASE.query("SELECT COUNT(*) FROM coco.annotations")).containsExactly("1");
    assertThat(DATABASE.query("SELECT COUNT(*) FROM coco.images")).containsExactly("1");
  }

  @Test
  void namesTheFirstTenOfManyAndHandsAllOn() {
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
    new DataSetImport(DATABASE.connector(), DataSetListener.NONE, problems::add)
        .run(
            List.of(files).stream()
                .map(file -> new CocoFile(file, file.getFileName().toString()))
                .toList(),
            new DataSetRequest("coco", "/images", Optional.empty(), onError));
  }
}
