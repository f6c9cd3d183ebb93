package org.seeql.datasets.coco;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.datasets.record.AnnotationRecord.Box;
import org.seeql.datasets.record.CategoryRecord;
import org.seeql.datasets.record.CollectedRecords;
import org.seeql.datasets.record.InfoRecord;
import org.seeql.datasets.record.LabelledImage;
import org.seeql.datasets.record.LicenseRecord;
import org.seeql.datasets.record.MalformedFileException;
import org.seeql.datasets.record.Problem;
import org.seeql.datasets.record.Section;

class CocoFileTest {
  private static final Set<Section> ALL = EnumSet.allOf(Section.class);

  @TempDir Path folder;

  @Test
  void readsEverySectionWithThePlacesOfItsRecords() throws Exception {
    CollectedRecords records =
        read(
            """
            {'annotations': [
              {'id': 9, 'image_id': 2, 'category_id': 1, 'bbox': [1, 2.5, 3, 4]}],
             'images': [{'id': 2, 'file_name': 'a.jpg', 'width': 20, 'height': 10, 'license': 4}],
             'categories': [{'id': 1, 'name': 'cat', 'supercategory': 'animal'}],
             'licenses': [{'id': 4, 'name': 'CC', 'url': 'http://l'}],
             'info': {'year': 2017, 'version': 1.0, 'contributor': ['A', 'B']}}
            """);

    assertThat(records.problems()).isEmpty();
    assertThat(records.places())
        .containsExactly("a.json:2:3", "a.json:3:13", "a.json:4:17", "a.json:5:15");
    assertThat(records.images())
        .containsExactly(
            new LabelledImage(
                2,
                OptionalLong.of(4),
                "a.jpg",
                Optional.empty(),
                10,
                20,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(records.categories())
        .containsExactly(new CategoryRecord(1, "cat", Optional.of("animal"), Optional.empty()));
    assertThat(records.licenses())
        .containsExactly(new LicenseRecord(4, Optional.of("CC"), Optional.of("http://l")));
    assertThat(records.info())
        .contains(
            new InfoRecord(
                OptionalInt.of(2017),
                Optional.of("1.0"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(records.annotations().get(0).box()).isEqualTo(new Box(1, 2.5, 3, 4));
  }

  @Test
  void keepsUnknownFieldsWithTheDigitsOfTheirNumbers() throws Exception {
    CollectedRecords records =
        read(
            "{'images': [{'score': 1.50, 'tags': ['\u00e4', {'n': 1e400, 'none': null}], 'id': 1,"
                + " 'file_name': 'a.jpg', 'width': 2, 'height': 1, 'ok': true}]}");

    assertThat(records.images().get(0).extra())
        .contains(
            "{'score':1.50,'tags':['\u00e4',{'n':1e400,'none':null}],'ok':true}"
                .replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'bbox': [0,0,4,2]|8.0|false",
        "'bbox': [0,0,4,2], 'area': 7|7.0|false",
        "'bbox': [0,0,4,2], 'area': -0.0|0.0|false",
        "'bbox': [0,0,4,2], 'iscrowd': 0|8.0|false",
        "'bbox': [0,0,4,2], 'iscrowd': 1|8.0|true",
        "'bbox': [0,0,4,2], 'iscrowd': true|8.0|true",
      })
  void anAnnotationHasTheAreaOfItsBoxAndIsNoCrowdByDefault(
      String fields, double area, boolean isCrowd) throws Exception {
    CollectedRecords records =
        readAnnotation("'id': 1, 'image_id': 1, 'category_id': 1, " + fields);

    assertThat(records.problems()).isEmpty();
    assertThat(records.annotations()).extracting(a -> a.area()).containsExactly(area);
    assertThat(records.annotations()).extracting(a -> a.isCrowd()).containsExactly(isCrowd);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
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
        "'id': 2, 'image_id': 1, 'category_id': 1, 'bbox': [0,0,1,1], 'iscrowd': 2|bad_value|annotation 2: its iscrowd is neither 0 nor 1: 2",
        "'id': 2, 'image_id': 1, 'category_id': 1, 'bbox': [0,0,1,1], 'segmentation': [[1, NaN]]|not_a_number|annotation 2: its segmentation contains NaN or infinity",
        "'id': 2, 'image_id': 1, 'category_id': 1, 'bbox': [0,0,1,1], 'segmentation': 'x'|wrong_type|annotation 2: its segmentation is not a list or an object: \"x\"",
        "'id': 2, 'image_id': 1, 'category_id': 1, 'bbox': [0,0,1,1], 'score': -Infinity|not_a_number|annotation 2: its score contains NaN or infinity",
      })
  void reportsABadAnnotationInsteadOfIt(String fields, String kind, String text) throws Exception {
    CollectedRecords records = readAnnotation(fields);

    assertThat(records.annotations()).isEmpty();
    assertThat(records.problems())
        .extracting(Problem::toString)
        .containsExactly("a.json:1:18: " + text);
    assertThat(records.problems().get(0).kind().code()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'id': 2, 'file_name': 'b.jpg', 'height': 10|image 2: it has no width",
        "'id': 2, 'width': 20, 'height': 10|image 2: it has no file_name",
        "'id': 2, 'file_name': 7, 'width': 20, 'height': 10|image 2: its file_name is not a string: 7",
        "'id': 2, 'file_name': 'b.jpg', 'width': 5000000000, 'height': 10|image 2: its width does not fit into 32 bits: 5000000000",
        "'id': 2, 'file_name': 'b\\ud83d.jpg', 'width': 20, 'height': 10|image 2: its file_name contains half of a surrogate pair",
        "'id': 2, 'file_name': 'b.jpg', 'width': 20, 'height': 10, 'flickr_url': '\\udc15\\ud83d'|image 2: its flickr_url contains half of a surrogate pair",
        "'id': 2, 'file_name': 'b.jpg', 'width': 20, 'height': 10, 'tags': ['\\ud83d']|image 2: its tags contains half of a surrogate pair",
        "'id': 2, 'file_name': 'b.jpg', 'width': 20, 'height': 10, 'tags': {'\\ud83d': 1}|image 2: its tags contains half of a surrogate pair",
      })
  void reportsABadImageAndReadsTheNextOne(String fields, String text) throws Exception {
    CollectedRecords records =
        read(
            "{'images': [{%s},\n{'id': 3, 'file_name': 'c.jpg', 'width': 1, 'height': 1}]}"
                .formatted(fields));

    assertThat(records.problems())
        .extracting(Problem::toString)
        .containsExactly("a.json:1:13: " + text);
    assertThat(records.images()).extracting(LabelledImage::id).containsExactly(3L);
  }

  @Test
  void reportsWhatIsNoObjectInAList() throws Exception {
    CollectedRecords records = read("{'images': [7, 'x', [[1]], null]}");

    assertThat(records.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "a.json:1:13: image: it is not an object: 7",
            "a.json:1:16: image: it is not an object: x",
            "a.json:1:21: image: it is not an object: a list",
            "a.json:1:28: image: it is not an object: null");
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
  void saysWhereAFileIsMalformed(String json, String text) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage(text);
  }

  @Test
  void refusesJsonThatIsNestedWithoutEnd() {
    assertThatThrownBy(() -> read("{'images': " + "[".repeat(100_000)))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith("a.json:1:1012: a limit is exceeded: ")
        .hasMessageContaining("nesting depth (1001)");
  }

  @Test
  void refusesARecordThatNoServerTakes() throws Exception {
    String polygon =
        IntStream.range(0, 2_000_000).mapToObj(String::valueOf).collect(Collectors.joining(","));

    CollectedRecords records =
        readAnnotation(
            "'id': 1, 'image_id': 1, 'category_id': 1, 'bbox': [0,0,1,1], 'segmentation': [["
                + polygon
                + "]]");

    assertThat(records.annotations()).isEmpty();
    assertThat(records.problems())
        .extracting(Problem::reason)
        .containsExactly("its segmentation is longer than 12 MiB");
  }

  @Test
  void skipsTheSectionsThatAreNotRequested() throws Exception {
    CollectedRecords records = new CollectedRecords();
    write(
        "{'images': {'not': 'a list'}, 'annotations': [{'id': 'bad'}], 'other': [1, 2],"
            + " 'categories': [{'id': 1, 'name': 'cat'}]}");

    file().read(EnumSet.of(Section.CATEGORIES), records);

    assertThat(records.problems()).isEmpty();
    assertThat(records.categories()).extracting(CategoryRecord::name).containsExactly("cat");
  }

  @Test
  void readsAFileTwiceWithTheSameRecords() throws Exception {
    write("{'categories': [{'id': 1, 'name': 'cat'}, {'id': 2, 'name': 'dog'}]}");
    CollectedRecords first = new CollectedRecords();
    CollectedRecords second = new CollectedRecords();
    CocoFile file = file();

    file.read(ALL, first);
    file.read(ALL, second);

    assertThat(second.categories()).isEqualTo(first.categories()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"{}", "{'images': []}", "{'images': null, 'info': 'text', 'licenses': []}"})
  void aFileWithoutRecordsHasNoProblems(String json) throws Exception {
    CollectedRecords records = read(json);

    assertThat(records.places()).isEmpty();
    assertThat(records.problems()).isEmpty();
    assertThat(records.info()).isEmpty();
  }

  @Test
  void refusesAFolderAndAPipe() throws Exception {
    Files.createDirectory(folder.resolve("a.json"));
    Path pipe = folder.resolve("pipe.json");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThatThrownBy(() -> file().read(ALL, new CollectedRecords()))
        .isInstanceOf(IOException.class)
        .hasMessage("a.json is a folder");
    assertThatThrownBy(() -> new CocoFile(pipe, "pipe.json").read(ALL, new CollectedRecords()))
        .isInstanceOf(IOException.class)
        .hasMessage("pipe.json is not a regular file");
  }

  private CollectedRecords readAnnotation(String fields) throws IOException, SQLException {
    return read("{'annotations': [{" + fields + "}]}");
  }

  private CollectedRecords read(String json) throws IOException, SQLException {
    write(json);
    CollectedRecords records = new CollectedRecords();
    file().read(ALL, records);
    return records;
  }

  private void write(String json) throws IOException {
    Files.writeString(folder.resolve("a.json"), json.replace('\'', '"'), UTF_8);
  }

  private CocoFile file() {
    return new CocoFile(folder.resolve("a.json"), "a.json");
  }
}
