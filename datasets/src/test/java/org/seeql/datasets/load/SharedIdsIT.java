package org.seeql.datasets.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.database.embedded.TestServer;
import org.seeql.datasets.coco.CocoFile;
import org.seeql.datasets.record.Problem;

/**
 * Tests annotations whose images and categories are left out because other records have the same
 * ids.
 */
class SharedIdsIT {
  private static final String PERSON =
      """
      {'categories': [{'id': 1, 'name': 'person'}],
      'images': [{'id': 1, 'file_name': 'a.jpg', 'width': 20, 'height': 10}],
      'annotations': [{'id': 1, 'image_id': 1, 'category_id': 1, 'bbox': [0, 0, 2, 2]}]}
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
  void skipsAnnotationsOfRecordsThatDifferFromTheDatabase() throws Exception {
    importFiles(write("a.json", PERSON));

    importFiles(
        write(
            "b.json",
            """
            {'annotations': [{'id': 11, 'image_id': 1, 'category_id': 2, 'bbox': [0, 0, 2, 2]},
            {'id': 12, 'image_id': 2, 'category_id': 1, 'bbox': [0, 0, 2, 2]},
            {'id': 13, 'image_id': 2, 'category_id': 2, 'bbox': [0, 0, 2, 2]}],
            'categories': [{'id': 1, 'name': 'dog'}, {'id': 2, 'name': 'cat'}],
            'images': [{'id': 1, 'file_name': 'other.jpg', 'width': 20, 'height': 10},
            {'id': 2, 'file_name': 'b.jpg', 'width': 20, 'height': 10}]}
            """));

    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactlyInAnyOrder(
            "b.json: category 1: the database has a different category with this id",
            "b.json:5:12: image 1: the database has a different image with this id",
            "b.json:1:18: annotation 11: its image 1 is skipped",
            "b.json:2:1: annotation 12: its category 1 is skipped");
    assertThat(problems)
        .extracting(problem -> problem.kind().code())
        .contains("unknown_image", "unknown_category");
    assertThat(annotations()).containsExactly("1|a.jpg|person", "13|b.jpg|cat");
  }

  @Test
  void skipsAnnotationsOfRecordsThatDifferFromAnEarlierFile() throws Exception {
    Path second =
        write(
            "b.json",
            """
            {'categories': [{'id': 1, 'name': 'dog'}, {'id': 2, 'name': 'cat'}],
            'images': [{'id': 1, 'file_name': 'other.jpg', 'width': 20, 'height': 10},
            {'id': 2, 'file_name': 'b.jpg', 'width': 20, 'height': 10}],
            'annotations': [{'id': 11, 'image_id': 1, 'category_id': 2, 'bbox': [0, 0, 2, 2]},
            {'id': 12, 'image_id': 2, 'category_id': 1, 'bbox': [0, 0, 2, 2]},
            {'id': 13, 'image_id': 2, 'category_id': 2, 'bbox': [0, 0, 2, 2]}]}
            """);

    importFiles(write("a.json", PERSON), second);

    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactlyInAnyOrder(
            "b.json:1:17: category 1: an earlier category has the same id",
            "b.json:2:12: image 1: an earlier image has the same id",
            "b.json:4:17: annotation 11: its image 1 is skipped",
            "b.json:5:1: annotation 12: its category 1 is skipped");
    assertThat(annotations()).containsExactly("1|a.jpg|person", "13|b.jpg|cat");
  }

  @Test
  void skipsAmbiguousAnnotations() throws Exception {
    importFiles(
        write(
            "a.json",
            """
            {'categories': [{'id': 1, 'name': 'person'}, {'id': 1, 'name': 'dog'},
            {'id': 2, 'name': 'cat'}, {'id': 2, 'name': 'cat'}],
            'images': [{'id': 1, 'file_name': 'a.jpg', 'width': 20, 'height': 10},
            {'id': 1, 'file_name': 'other.jpg', 'width': 20, 'height': 10},
            {'id': 2, 'file_name': 'b.jpg', 'width': 20, 'height': 10},
            {'id': 2, 'file_name': 'b.jpg', 'width': 20, 'height': 10}],
            'annotations': [{'id': 11, 'image_id': 1, 'category_id': 2, 'bbox': [0, 0, 2, 2]},
            {'id': 12, 'image_id': 2, 'category_id': 1, 'bbox': [0, 0, 2, 2]},
            {'id': 13, 'image_id': 2, 'category_id': 2, 'bbox': [0, 0, 2, 2]}]}
            """));

    assertThat(annotations()).containsExactly("13|b.jpg|cat");
  }

  @Test
  void writesAnnotationsOfTheSameImageInTwoFiles() throws Exception {
    importFiles(
        write("a.json", PERSON),
        write("b.json", PERSON.replace("[{'id': 1, 'im", "[{'id': 2, 'im")));

    assertThat(problems).isEmpty();
    assertThat(annotations()).containsExactly("1|a.jpg|person", "2|a.jpg|person");
  }

  private static List<String> annotations() throws SQLException {
    return DATABASE.query(
        "SELECT CONCAT_WS('|', a.id, file_name, name) FROM coco.annotations a JOIN coco.images"
            + " USING (image_id) JOIN coco.categories c ON c.id = category_id ORDER BY a.id");
  }

  private Path write(String name, String json) throws IOException {
    return Files.writeString(folder.resolve(name), json.replace('\'', '"'), UTF_8);
  }

  private void importFiles(Path... files) {
    new DataSetImport(DATABASE.connector(), DataSetListener.NONE, problems::add)
        .run(
            List.of(files).stream()
                .map(file -> new CocoFile(file, file.getFileName().toString()))
                .toList(),
            new DataSetRequest("coco", "/images", Optional.empty(), OnError.SKIP));
  }
}
