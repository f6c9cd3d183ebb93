package org.seeql.datasets.yolo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.database.RefusalException;
import org.seeql.datasets.record.AnnotationRecord;
import org.seeql.datasets.record.AnnotationRecord.Box;
import org.seeql.datasets.record.CategoryRecord;
import org.seeql.datasets.record.CollectedRecords;
import org.seeql.datasets.record.DataSetSource;
import org.seeql.datasets.record.KnownIds;
import org.seeql.datasets.record.LabelledImage;
import org.seeql.datasets.record.Problem;
import org.seeql.datasets.record.Section;
import org.seeql.datasets.record.StoredIds;

class YoloDataSetTest {
  private static final String NAMES = "names: [cat, dog]\n";

  @TempDir Path folder;
  private YoloFolder files;

  @BeforeEach
  void useARealPath() throws IOException {
    folder = folder.toRealPath();
    files = new YoloFolder(folder);
  }

  @Test
  void readsBoxesInPixels() throws Exception {
    files.write("data.yaml", "train: images/train\n" + NAMES);
    files.image("images/train/a.png", 200, 100);
    files.write("labels/train/a.txt", "1 0.5 0.5 0.25 0.5\n0 0.25 0.125 0.5 0.25\n");

    CollectedRecords records = read(files.open(Optional.empty()));

    assertThat(records.problems()).isEmpty();
    assertThat(records.images())
        .containsExactly(
            new LabelledImage(
                1,
                OptionalLong.empty(),
                "images/train/a.png",
                Optional.empty(),
                100,
                200,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(records.annotations())
        .extracting(AnnotationRecord::id, AnnotationRecord::categoryId, AnnotationRecord::box)
        .containsExactly(
            tuple(10_001L, 1L, new Box(75, 25, 50, 50)),
            tuple(10_002L, 0L, new Box(0, 0, 100, 25)));
    assertThat(records.annotations())
        .extracting(AnnotationRecord::area)
        .containsExactly(2500.0, 2500.0);
    assertThat(records.categories())
        .containsExactly(
            new CategoryRecord(0, "cat", Optional.empty(), Optional.empty()),
            new CategoryRecord(1, "dog", Optional.empty(), Optional.empty()));
  }

  @Test
  void readsAPolygonWithTheAreaThatItEncloses() throws Exception {
    files.write("data.yaml", "train: images\n" + NAMES);
    files.image("images/a.png", 8, 4);
    files.write("labels/a.txt", "0 0.25 0.25 0.75 0.25 0.25 0.75");

    AnnotationRecord triangle = read(files.open(Optional.empty())).annotations().get(0);

    assertThat(triangle.segmentation()).contains("[[2,1,6,1,2,3]]");
    assertThat(triangle.box()).isEqualTo(new Box(2, 1, 4, 2));
    assertThat(triangle.area()).isEqualTo(4.0); // half of 4 x 2 pixels
    assertThat(triangle.extra()).isEmpty();
  }

  @Test
  void keepsKeypointsAsCocoDoes() throws Exception {
    files.write("data.yaml", "train: images\nkpt_shape: [2, 3]\n" + NAMES);
    files.image("images/a.png", 8, 4);
    files.write("labels/a.txt", "0 0.5 0.5 1 1 0.5 0.25 2 0 0 0");

    AnnotationRecord person = read(files.open(Optional.empty())).annotations().get(0);

    assertThat(person.extra()).contains("{\"keypoints\":[4,1,2,0,0,0],\"num_keypoints\":1}");
    assertThat(person.segmentation()).isEmpty();
    assertThat(person.area()).isEqualTo(32.0);
  }

  @Test
  void anImageHasTheSizeWithWhichItIsDisplayed() throws Exception {
    files.write("data.yaml", "train: images\n" + NAMES);
    files.rotatedImage("images/a.jpg", 40, 20);
    files.write("labels/a.txt", "0 0.5 0.5 1 1");

    CollectedRecords records = read(files.open(Optional.empty()));

    assertThat(records.annotations().get(0).box()).isEqualTo(new Box(0, 0, 20, 40));
  }

  @Test
  void anImageWithoutLabelsHasNoObjects() throws Exception {
    files.write("data.yaml", "train: images\n" + NAMES);
    files.image("images/a.png", 8, 4);
    files.image("images/b.png", 8, 4);
    files.write("labels/b.txt", "\n \t\r\n");

    CollectedRecords records = read(files.open(Optional.empty()));

    assertThat(records.images()).hasSize(2);
    assertThat(records.annotations()).isEmpty();
    assertThat(records.problems()).isEmpty();
  }

  @Test
  void acceptsByteOrderMarksAndLineEndsOfAnySystem() throws Exception {
    files.write("data.yaml", "\uFEFFtrain: images\r\nnames:\r\n  0: cat\r\n");
    files.image("images/a.png", 8, 4);
    files.write(
        "labels/a.txt", "\uFEFF0 0.5 0.5 1 1\r\n\r\n0\t0.5\t0.5\t1\t0.5\r0 0.5 0.5 0.5 1 \n");

    CollectedRecords records = read(files.open(Optional.empty()));

    assertThat(records.problems()).isEmpty();
    assertThat(records.annotations())
        .extracting(AnnotationRecord::box)
        .containsExactly(new Box(0, 0, 8, 4), new Box(0, 1, 8, 2), new Box(2, 0, 4, 4));
  }

  @Test
  void reportsTheLineOfAnInvalidLabel() throws Exception {
    files.write("data.yaml", "train: images\n" + NAMES);
    files.image("images/a.png", 8, 4);
    files.image("images/b.png", 8, 4);
    files.write("labels/a.txt", "0 0.5 0.5 1 1\n\n7 0.5 0.5 1 1\n0 0.5 0.5 1 0.5");
    Files.createDirectories(folder.resolve("labels/b.txt"));

    CollectedRecords records = read(files.open(Optional.empty()));

    assertThat(records.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "labels/a.txt:3:1: annotation: there is no class 7 in names",
            "labels/b.txt: it is not a regular file");
    assertThat(records.annotations())
        .extracting(AnnotationRecord::id)
        .containsExactly(10_001L, 10_003L);
  }

  @Test
  void reportsImagesWithoutASize() throws Exception {
    files.write("data.yaml", "train: list.txt\n" + NAMES);
    files.image("images/a.png", 8, 4);
    files.write("images/b.png", "no image");
    files.write("labels/b.txt", "0 0.5 0.5 1 1");
    files.write("list.txt", "./images/b.png\n\nimages/c.png\r\n" + folder + "/images/a.png\n");

    CollectedRecords records = read(files.open(Optional.empty()));

    assertThat(records.problems())
        .extracting(Problem::toString)
        .containsExactly(
            "images/b.png: image: Not an image: the file starts with 6e 6f 20 69 6d 61 67 65;"
                + " supported formats: JPEG, PNG, WebP, GIF, BMP and TIFF",
            "images/c.png: image: there is no such file, so its size is unknown");
    assertThat(records.images())
        .extracting(LabelledImage::id, LabelledImage::fileName)
        .containsExactly(tuple(1L, "images/a.png"));
    assertThat(records.annotations()).isEmpty();
  }

  @Test
  void readsFoldersAndListsAsOneSplit() throws Exception {
    files.write("data.yaml", "path: data\ntrain:\n - images/one\n - more.txt\n" + NAMES);
    files.image("data/images/one/b.png", 1, 1);
    files.image("data/images/one/deep/a.JPG".replace("JPG", "jpg"), 1, 1);
    files.image("data/images/two/c.png", 1, 1);
    files.write("data/images/one/readme.txt", "no image");
    files.write("data/images/one/.hidden.png", "no image");
    files.write("data/more.txt", "images/two/c.png\nimages/one/b.png\n");

    CollectedRecords records = read(files.open(Optional.empty()));

    assertThat(records.images())
        .extracting(LabelledImage::fileName)
        .containsExactly("images/one/b.png", "images/one/deep/a.jpg", "images/two/c.png");
  }

  @Test
  void acceptsTheBackslashesOfWindows() throws Exception {
    files.write("data.yaml", "path: .\\data\ntrain: images\\one\nval: list.txt\n" + NAMES);
    files.image("data/images/one/a.png", 1, 1);
    files.image("data/images/two/b.png", 1, 1);
    files.write("data/list.txt", ".\\images\\two\\b.png\n");

    assertThat(read(files.open(Optional.empty())).images())
        .extracting(LabelledImage::fileName)
        .containsExactly("images/one/a.png", "images/two/b.png");
  }

  @Test
  void anImageOfSeveralSplitsBelongsToTheFirst() throws Exception {
    files.write("data.yaml", "val: images\ntrain: images/t\ntest:\nmini: images\n" + NAMES);
    files.image("images/t/a.png", 1, 1);
    files.image("images/v.png", 1, 1);
    YoloDataSet dataSet = files.open(Optional.empty());

    assertThat(dataSet.sources())
        .extracting(DataSetSource::name)
        .containsExactly("data.yaml (train)", "data.yaml (val)");
    assertThat(read(dataSet).images())
        .extracting(LabelledImage::fileName)
        .containsExactly("images/t/a.png", "images/v.png");
    assertThat(read(files.open(Optional.of("mini"))).images()).hasSize(2);
  }

  @Test
  void findsFoldersOutsideTheDataSet() throws Exception {
    files.write("data/data.yaml", "train: ../train/images\nval: ../val/images\n" + NAMES);
    files.image("data/train/images/a.png", 1, 1); // Roboflow writes "../" in vain
    files.image("val/images/b.png", 4, 4);
    files.write("val/labels/b.txt", "1 0.5 0.5 1 1");
    YoloDataSet dataSet =
        YoloDataSet.open(
            folder.resolve("data/data.yaml"),
            "data.yaml",
            new YoloDataSet.ReadOptions(Optional.empty(), folder, Optional.empty()));

    CollectedRecords records = read(dataSet);

    assertThat(dataSet.imageFolder()).isEqualTo(folder);
    assertThat(records.images())
        .extracting(LabelledImage::fileName)
        .containsExactly("data/train/images/a.png", "val/images/b.png");
    assertThat(records.annotations()).hasSize(1);
  }

  @Test
  void replacesOnlyTheLastFolderOfImages() {
    assertThat(YoloImage.labels(Path.of("/images/x/images/train/a.b.jpg")))
        .isEqualTo(Path.of("/images/x/labels/train/a.b.txt"));
    assertThat(YoloImage.labels(Path.of("/my.images/a"))).isEqualTo(Path.of("/my.images/a.txt"));
  }

  @Test
  void usesTheIdsOfTheDatabase() throws Exception {
    files.write("data.yaml", "train: images\nnames: {0: cat, 1: dog, 5: cow}\n");
    files.image("images/a.png", 1, 1);
    files.image("images/b.png", 1, 1);
    KnownIds known =
        new StoredIds(Map.of("images/b.png", 7L), 7, Map.of("dog", 3L, "person", 0L, "bus", 6L));

    CollectedRecords records = read(files.open(Optional.empty()), known);

    assertThat(records.images()).extracting(LabelledImage::id).containsExactly(8L, 7L);
    assertThat(records.categories())
        .extracting(CategoryRecord::id, CategoryRecord::name)
        .containsExactly(tuple(7L, "cat"), tuple(3L, "dog"), tuple(5L, "cow"));
  }

  @Test
  void namesNeedNoQuotes() throws Exception {
    files.write("data.yaml", "train: images\nnames: [no, 1e3, 2024-01-01, ~x, 0o7, 'null']\n");
    files.image("images/a.png", 1, 1);

    assertThat(read(files.open(Optional.empty())).categories())
        .extracting(CategoryRecord::name)
        .containsExactly("no", "1e3", "2024-01-01", "~x", "0o7", "null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "names: [a] | it has no train, val or test",
        "train: i\\nnames: [a] | its train is missing: there is no folder or list DIR/i; specify the folder of the data set with --path, or import the other splits with --split",
        "path: gone\\ntrain: i\\nnames: [a] | its path gone is not a folder; specify the folder with --path",
        "path: [a, b]\\nnames: [a] | path is a list, not one folder",
        "train: {a: b}\\nnames: [a] | train is not a path or a list of paths",
        "train: images | it has no names of classes",
        "train: images\\nnames: [] | it has no names of classes",
        "train: images\\nnames: dog | names is not a list or a map",
        "train: images\\nnames: {a: b} | class 'a' of names is not a number from 0",
        "train: images\\nnames: {-1: b} | class '-1' of names is not a number from 0",
        "train: images\\nnames: {0: a, 00: b} | names has class 0 twice",
        "train: images\\nnames: [a, [b]] | class 1 of names is not a text",
        "train: images\\nnames: [a, ''] | class 1 of names is empty",
        "train: images\\nnames: [a, b, a] | classes 0 and 2 have the same name 'a'; give them different names",
        "train: images\\nnames: [a]\\nkpt_shape: [17] | kpt_shape is not [K, 2] or [K, 3], with K from 1 to 999",
        "train: images\\nnames: [a]\\nkpt_shape: [17, 4] | kpt_shape is not [K, 2] or [K, 3], with K from 1 to 999",
        "train: images\\nnames: [a] | there is no image in DIR/images",
        "- a | it is not a map of keys such as train, val and names",
        "'' | it is not a map of keys such as train, val and names",
        "train: [ | it is not valid YAML at line 1, column 9: expected the node content, but found '<stream end>'",
        "a: 1\\na: 2 | it is not valid YAML at line 2, column 1: found duplicate key a",
        "names: !!javax.script.ScriptEngineManager [a] | it is not valid YAML at line 1, column 8: Global tag is not allowed: tag:yaml.org,2002:javax.script.ScriptEngineManager",
        "names: !python/object:os.system [a] | it is not valid YAML at line 1, column 8: could not determine a constructor for the tag !python/object:os.system"
      })
  void refusesAnInvalidFile(String yaml, String reason) throws Exception {
    Files.createDirectories(folder.resolve("images"));
    files.write(
        "data.yaml", yaml.replace("\\n", "\n").replace("''", yaml.equals("''") ? "" : "''"));

    assertThatThrownBy(() -> read(files.open(Optional.empty())))
        .isInstanceOf(RefusalException.class)
        .hasMessage("Cannot import data.yaml: " + reason.replace("DIR", folder.toString()));
  }

  @Test
  void refusesAnUnknownSplit() throws Exception {
    files.write("data.yaml", "path: .\nnc: 1\ntrain: images\nval: images\ntest:\n" + NAMES);
    Files.createDirectories(folder.resolve("images"));

    assertThatThrownBy(() -> files.open(Optional.of("vall")))
        .isInstanceOf(RefusalException.class)
        .hasMessage("Unknown split 'vall'; known: val, test, train; in data.yaml");
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 2000})
  void survivesYamlThatGrowsWhenItIsRead(int depth) throws Exception {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x]\n");
    for (int i = 1; i <= depth; i++) {
      bomb.append("a%1$d: &a%1$d [*a%2$d,*a%2$d,*a%2$d]\n".formatted(i, i - 1));
    }
    files.write("data.yaml", bomb + "train: images\nnames: *a" + depth + "\n");

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(() -> files.open(Optional.empty()))
                .isInstanceOf(RefusalException.class)
                .hasMessage(
                    "Cannot import data.yaml: it is not valid YAML: Number of aliases for non-scalar nodes exceeds the specified max=10"));
  }

  @Test
  void refusesDeepAndLargeYaml() throws Exception {
    files.write("data.yaml", "names: " + "[".repeat(100_000));
    assertThatThrownBy(() -> files.open(Optional.empty()))
        .isInstanceOf(RefusalException.class)
        .hasMessage("Cannot import data.yaml: it is not valid YAML: Nesting Depth exceeded max 50");

    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("data.yaml").toFile(), "rw")) {
      file.setLength(4L << 30);
    }
    assertThatThrownBy(() -> files.open(Optional.empty()))
        .isInstanceOf(RefusalException.class)
        .hasMessage("Cannot import data.yaml: it has 4294967296 bytes (at most 3145728)");
  }

  @Test
  void refusesAMissingFileAndAFolder() throws Exception {
    assertThatThrownBy(() -> files.open(Optional.empty()))
        .isInstanceOf(RefusalException.class)
        .hasMessage("Cannot import data.yaml: there is no such file");

    Files.createDirectory(folder.resolve("data.yaml"));
    assertThatThrownBy(() -> files.open(Optional.empty()))
        .isInstanceOf(RefusalException.class)
        .hasMessage("Cannot import data.yaml: it is not a regular file");
  }

  private static CollectedRecords read(YoloDataSet dataSet) throws Exception {
    return read(dataSet, new StoredIds(Map.of(), 0, Map.of()));
  }

  private static CollectedRecords read(YoloDataSet dataSet, KnownIds known) throws Exception {
    CollectedRecords records = new CollectedRecords();
    for (DataSetSource source : dataSet.sources()) {
      source.begin(known);
      source.read(EnumSet.allOf(Section.class), records);
    }
    return records;
  }
}
