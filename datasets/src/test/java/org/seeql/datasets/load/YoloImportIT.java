package org.seeql.datasets.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.JsonCells;
import org.seeql.database.embedded.TestServer;
import org.seeql.datasets.coco.CocoFile;
import org.seeql.datasets.load.DataSetSummary.Counts;
import org.seeql.datasets.record.Problem;
import org.seeql.datasets.record.Section;
import org.seeql.datasets.yolo.YoloDataSet;
import org.seeql.datasets.yolo.YoloFolder;

class YoloImportIT {
  private static final TestServer DATABASE = TestServer.shared();

  @TempDir Path folder;
  private YoloFolder files;
  private final List<Problem> problems = new ArrayList<>();

  @BeforeEach
  void begin() throws SQLException, IOException {
    DATABASE.execute("DROP DATABASE IF EXISTS yolo");
    DATABASE.execute("DROP DATABASE IF EXISTS coco");
    DATABASE.emptySystemTables();
    folder = folder.toRealPath();
    files = new YoloFolder(folder);
    files.write("data.yaml", "train: images/train\nval: images/val\nnames: [cat, 'dog''s']\n");
    files.image("images/train/a.png", 200, 100);
    files.write("labels/train/a.txt", "1 0.5 0.5 0.25 0.5\n0 0.1 0.2 0.3 0.2 0.3 0.6\n");
    files.rotatedImage("images/val/b.jpg", 40, 20);
  }

  @Test
  void writesTheTablesOfADataSet() throws Exception {
    DataSetSummary summary = importSplits(Optional.empty(), OnError.FAIL);

    assertThat(summary.counts().get(Section.IMAGES)).isEqualTo(new Counts(2, 0, 0));
    assertThat(
            DATABASE.query(
                "SELECT CONCAT_WS('|', image_id, file_name, path, width, height, split) FROM"
                    + " yolo.images ORDER BY image_id"))
        .containsExactly(
            "1|images/train/a.png|images/train/a.png|200|100|train",
            "2|images/val/b.jpg|images/val/b.jpg|20|40|val");
    assertThat(
            JsonCells.alike(
                DATABASE.query(
                    "SELECT CONCAT_WS('|', a.id, image_id, c.id, name, bbox_x, bbox_y, bbox_width,"
                        + " bbox_height, area, iscrowd, segmentation) FROM"
                        + " yolo.annotations a JOIN yolo.categories c ON c.id = category_id ORDER"
                        + " BY a.id")))
        .containsExactlyElementsOf(
            JsonCells.alike(
                List.of(
                    "10001|1|1|dog's|75|25|50|50|2500|0",
                    "10002|1|0|cat|20|20|40|40|800|0|[[20,20,60,20,60,60]]")));
    assertThat(DATABASE.query("SELECT root FROM seeql.image_roots"))
        .containsExactly(folder.toString());
  }

  @Test
  void changesNothingWhenItIsRunAgain() throws Exception {
    importSplits(Optional.empty(), OnError.FAIL);
    List<String> before = everything();

    DataSetSummary summary = importSplits(Optional.empty(), OnError.FAIL);

    assertThat(summary.counts().get(Section.CATEGORIES)).isEqualTo(new Counts(0, 2, 0));
    assertThat(summary.counts().get(Section.IMAGES)).isEqualTo(new Counts(0, 2, 0));
    assertThat(summary.counts().get(Section.ANNOTATIONS)).isEqualTo(new Counts(0, 2, 0));
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void addsTheSplitsOneByOneAndNewImages() throws Exception {
    importSplits(Optional.of("val"), OnError.FAIL);
    importSplits(Optional.of("train"), OnError.FAIL);
    files.image("images/train/0.png", 10, 10);
    files.write("labels/train/0.txt", "0 0.5 0.5 1 1");

    DataSetSummary summary = importSplits(Optional.empty(), OnError.FAIL);

    assertThat(summary.counts().get(Section.IMAGES)).isEqualTo(new Counts(1, 2, 0));
    assertThat(
            DATABASE.query(
                "SELECT CONCAT(image_id, split, path) FROM yolo.images ORDER BY image_id"))
        .containsExactly(
            "1valimages/val/b.jpg", "2trainimages/train/a.png", "3trainimages/train/0.png");
    assertThat(DATABASE.query("SELECT id FROM yolo.annotations ORDER BY id"))
        .containsExactly("20001", "20002", "30001");
  }

  @Test
  void writesNothingIfALabelIsBad() throws Exception {
    files.write("labels/val/b.txt", "0 0.5 0.5 1 1\n5 0.5 0.5 1 1\n0 0.5 0.5 0 1\n0 0 0.5 1 1");

    assertThatThrownBy(() -> importSplits(Optional.empty(), OnError.FAIL))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            """
            Cannot import into yolo: 1 record of a category that does not exist, 1 record with a box without area, 1 record with a box outside the image; nothing was written; --report lists all of them, --on_error=skip imports the rest
              labels/val/b.txt:2:1: annotation: there is no class 5 in names
              labels/val/b.txt:3:1: annotation 20003: its box has no area: [10, 0, 0, 40]
              labels/val/b.txt:4:1: annotation 20004: its box [-10, 0, 20, 40] is not within image 2, which has 20 x 40 pixels\
            """);
    assertThat(DATABASE.query("SHOW DATABASES LIKE 'yolo'")).isEmpty();
  }

  @Test
  void leavesOutBadLabelsAndImages() throws Exception {
    files.write("data.yaml", "train: images/train\nval: val.txt\nnames: [cat]\n");
    files.write("val.txt", "images/val/b.jpg\nimages/val/gone.jpg\n/etc/hostname\n../x.jpg\n");

    DataSetSummary summary = importSplits(Optional.empty(), OnError.SKIP);

    assertThat(problems)
        .extracting(problem -> problem.kind().code() + " " + problem)
        .contains(
            "missing_file images/val/gone.jpg: image: there is no such file, so its size is unknown",
            "unknown_category labels/train/a.txt:1:1: annotation: there is no class 1 in names")
        .hasSize(4);
    assertThat(summary.counts().get(Section.IMAGES)).isEqualTo(new Counts(2, 0, 3));
    assertThat(summary.counts().get(Section.ANNOTATIONS)).isEqualTo(new Counts(1, 0, 1));
    assertThat(importSplits(Optional.empty(), OnError.SKIP).counts().get(Section.IMAGES))
        .isEqualTo(new Counts(0, 2, 3));
  }

  @Test
  void refusesAnImageOutsideTheDataSet() throws Exception {
    Path outside = Files.createDirectory(folder.resolve("other"));
    Files.copy(folder.resolve("images/train/a.png"), outside.resolve("c.png"));
    files.write("data/list.txt", outside.resolve("c.png") + "\n");
    files.write("data/data.yaml", "train: list.txt\nnames: [cat]\n");
    YoloDataSet dataSet = new YoloFolder(folder.resolve("data")).open(Optional.empty());

    assertThatThrownBy(() -> run(dataSet, Optional.empty(), OnError.FAIL))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            """
            Cannot import into yolo: 1 record with an invalid value; nothing was written; --report lists all of them, --on_error=skip imports the rest
              %1$s: image 1: its file_name is outside the folder of images: %1$s\
            """
                .formatted(outside.resolve("c.png")));
  }

  @Test
  void joinsTheCategoriesOfAnotherDataSetByName() throws Exception {
    importSplits(Optional.empty(), OnError.FAIL);
    files.write("data.yaml", "val: images/val\nnames: {0: bird, 7: cat}\n");
    files.write("labels/val/b.txt", "7 0.5 0.5 1 1\n0 0.5 0.5 1 1");

    importSplits(Optional.of("val"), OnError.FAIL);

    assertThat(DATABASE.query("SELECT CONCAT(id, name) FROM yolo.categories ORDER BY id"))
        .containsExactly("0cat", "1dog's", "8bird");
    assertThat(
            DATABASE.query(
                "SELECT category_id FROM yolo.annotations WHERE image_id = 2 ORDER BY id"))
        .containsExactly("0", "8");
  }

  /** A real data set, converted to YOLO's format as Ultralytics documents it. */
  @Test
  void hasTheSameBoxesAsTheSameDataSetInCocosFormat() throws Exception {
    Optional<Path> real = realDataSet();
    Assumptions.assumeTrue(real.isPresent(), "no shared/real/coco next to the checkout");
    Path coco = real.orElseThrow().resolve("instances.json");
    convert(coco, real.orElseThrow().resolve("images"), folder.resolve("converted"));
    new DataSetImport(DATABASE.connector(), DataSetListener.NONE, problems::add)
        .run(
            List.of(new CocoFile(coco, "instances.json")),
            new DataSetRequest("coco", "/images", Optional.empty(), OnError.FAIL));

    run(
        new YoloFolder(folder.resolve("converted")).open(Optional.empty()),
        Optional.empty(),
        OnError.FAIL);

    String same =
        """
        FROM yolo.annotations y JOIN yolo.images yi ON yi.image_id = y.image_id
        JOIN yolo.categories yc ON yc.id = y.category_id
        JOIN coco.images ci ON yi.file_name = CONCAT('images/', ci.file_name)
          AND ci.width = yi.width AND ci.height = yi.height
        JOIN coco.annotations c ON c.image_id = ci.image_id
        JOIN coco.categories cc ON cc.id = c.category_id AND cc.name = yc.name
        WHERE ABS(y.bbox_x - c.bbox_x) < 1e-5 AND ABS(y.bbox_y - c.bbox_y) < 1e-5
          AND ABS(y.bbox_width - c.bbox_width) < 1e-5
          AND ABS(y.bbox_height - c.bbox_height) < 1e-5
        """;
    List<String> all = DATABASE.query("SELECT COUNT(*) FROM coco.annotations");
    assertThat(DATABASE.query("SELECT COUNT(DISTINCT y.id) " + same)).isEqualTo(all);
    assertThat(DATABASE.query("SELECT COUNT(DISTINCT c.id) " + same)).isEqualTo(all);
    assertThat(DATABASE.query("SELECT COUNT(*) FROM yolo.annotations")).isEqualTo(all);
  }

  private static void convert(Path coco, Path images, Path target) throws IOException {
    JsonNode document = new ObjectMapper().readTree(coco.toFile());
    YoloFolder converted = new YoloFolder(target);
    StringBuilder yaml = new StringBuilder("train: images\nnames:\n");
    Map<Long, Integer> classes = new HashMap<>();
    for (JsonNode category : document.get("categories")) {
      yaml.append("  - ").append(category.get("name").asText()).append('\n');
      classes.put(category.get("id").asLong(), classes.size());
    }
    converted.write("data.yaml", yaml.toString());
    Files.createDirectories(target.resolve("images"));
    for (JsonNode image : document.get("images")) {
      String name = image.get("file_name").asText();
      Files.copy(images.resolve(name), target.resolve("images").resolve(name));
      StringBuilder labels = new StringBuilder();
      for (JsonNode annotation : document.get("annotations")) {
        if (annotation.get("image_id").equals(image.get("id"))) {
          double width = image.get("width").asDouble();
          double height = image.get("height").asDouble();
          JsonNode box = annotation.get("bbox");
          labels.append(
              "%d %s %s %s %s\n"
                  .formatted(
                      classes.get(annotation.get("category_id").asLong()),
                      (box.get(0).asDouble() + box.get(2).asDouble() / 2) / width,
                      (box.get(1).asDouble() + box.get(3).asDouble() / 2) / height,
                      box.get(2).asDouble() / width,
                      box.get(3).asDouble() / height));
        }
      }
      converted.write("labels/" + name.replace(".jpg", ".txt"), labels.toString());
    }
  }

  private static Optional<Path> realDataSet() {
    return Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent)
        .map(parent -> parent.resolve("shared/real/coco"))
        .filter(Files::isDirectory)
        .findFirst();
  }

  private DataSetSummary importSplits(Optional<String> split, OnError onError) {
    problems.clear();
    return run(files.open(split), split, onError);
  }

  private DataSetSummary run(YoloDataSet dataSet, Optional<String> split, OnError onError) {
    return new DataSetImport(DATABASE.connector(), DataSetListener.NONE, problems::add)
        .run(
            dataSet.sources(),
            new DataSetRequest("yolo", dataSet.imageFolder().toString(), split, onError));
  }

  private static List<String> everything() throws SQLException {
    List<String> rows = new ArrayList<>();
    rows.addAll(
        DATABASE.query(
            "SELECT CONCAT_WS('|', image_id, path, width, height, split) FROM yolo.images ORDER BY 1"));
    rows.addAll(
        DATABASE.query(
            "SELECT CONCAT_WS('|', id, image_id, category_id, bbox, area, segmentation) FROM yolo.annotations ORDER BY 1"));
    rows.addAll(DATABASE.query("SELECT CONCAT_WS('|', id, name) FROM yolo.categories ORDER BY 1"));
    return rows;
  }
}
