package org.seeql.datasets.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.database.RefusalException;
import org.seeql.database.embedded.TestServer;
import org.seeql.datasets.coco.CocoFile;
import org.seeql.datasets.export.CocoExport.Summary;
import org.seeql.datasets.load.DataSetImport;
import org.seeql.datasets.load.DataSetListener;
import org.seeql.datasets.load.DataSetRequest;
import org.seeql.datasets.load.OnError;
import org.seeql.datasets.record.DataSetSource;
import org.seeql.datasets.voc.VocFolder;
import org.seeql.datasets.yolo.YoloDataSet;
import org.seeql.datasets.yolo.YoloFolder;

class CocoExportIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Every field that COCO has, and some that it does not have. */
  private static final String EVERYTHING =
      """
      {"info": {"year": 2017, "version": "1.0", "description": "An \\"ä\\" 猫 😀\\n", "url": "http://x"},
       "licenses": [{"id": 1, "name": "CC", "url": "http://cc"}, {"id": 2}],
       "images": [
        {"id": 9007199254740993, "license": 1, "file_name": "a b.jpg", "coco_url": "u", "height": 10,
         "width": 20, "date_captured": "2013", "flickr_url": "f", "weather": {"rain": [1, 2.50, null]}},
        {"id": 5, "file_name": "b.jpg", "height": 10, "width": 20}],
       "annotations": [
        {"id": 1, "image_id": 5, "category_id": 3, "segmentation": [[1.5, 2, 3, 4, 5, 6.25]],
         "area": 12.5, "bbox": [1, 2, 3.25, 4], "iscrowd": 0, "keypoints": [1, 2, 2],
         "num_keypoints": 1, "score": 0.1, "tiny": 1E-20},
        {"id": 0, "image_id": 5, "category_id": 3, "segmentation": {"counts": "a\\\\b", "size": [10, 20]},
         "area": 1, "bbox": [0, 0, 1, 1], "iscrowd": 1}],
       "categories": [{"id": 3, "name": "o'cat", "supercategory": "animal", "skeleton": [[1, 2]]},
        {"id": 4, "name": "dog"}]}
      """;

  private static final TestServer DATABASE = TestServer.shared();

  @TempDir Path folder;

  @BeforeEach
  void empty() throws SQLException {
    DATABASE.execute("DROP DATABASE IF EXISTS coco");
    DATABASE.emptySystemTables();
  }

  @Test
  void writesWhatWasImported() throws Exception {
    importCoco(EVERYTHING, Optional.empty());

    JsonNode exported = export(Optional.empty());

    assertThat(sorted(exported)).isEqualTo(sorted(JSON.readTree(EVERYTHING)));
  }

  @Test
  void writesOneRecordPerLine() throws Exception {
    importCoco(
        """
        {"images": [{"id": 2, "file_name": "b.jpg", "width": 20, "height": 10},
                    {"id": 1, "file_name": "a.jpg", "width": 20, "height": 10}],
         "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [0, 0, 1.5, 1]}],
         "categories": [{"id": 1, "name": "cat"}]}
        """,
        Optional.empty());
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    Summary summary = new CocoExport(DATABASE.connector()).write("coco", Optional.empty(), out);

    assertThat(out.toString(UTF_8))
        .isEqualTo(
            """
            {"info":{},
            "licenses":[
            ],
            "images":[
            {"id":1,"file_name":"a.jpg","height":10,"width":20},
            {"id":2,"file_name":"b.jpg","height":10,"width":20}
            ],
            "annotations":[
            {"id":1,"image_id":1,"category_id":1,"area":1.5,"bbox":[0,0,1.5,1],"iscrowd":0}
            ],
            "categories":[
            {"id":1,"name":"cat"}
            ]}
            """);
    assertThat(summary).isEqualTo(new Summary(2, 1, 1));
  }

  @Test
  void writesTheImagesOfOneSplit() throws Exception {
    importCoco(EVERYTHING, Optional.of("val"));
    importCoco(
        """
        {"info": {"description": "other"},
         "images": [{"id": 6, "file_name": "c.jpg", "width": 20, "height": 10}],
         "annotations": [{"id": 7, "image_id": 6, "category_id": 4, "bbox": [0, 0, 1, 1]}],
         "categories": [{"id": 4, "name": "dog"}]}
        """,
        Optional.of("train"));

    JsonNode train = export(Optional.of("train"));

    assertThat(train.get("info").get("description").asText()).isEqualTo("other");
    assertThat(train.get("images").findValuesAsText("id")).containsExactly("6");
    assertThat(train.get("annotations").findValuesAsText("id")).containsExactly("7");
    assertThat(train.get("categories").findValuesAsText("id")).containsExactly("3", "4");
    assertThat(export(Optional.of("val")).get("annotations").findValuesAsText("id"))
        .containsExactly("0", "1");
    assertThatThrownBy(() -> export(Optional.of("vall")))
        .isInstanceOf(RefusalException.class)
        .hasMessage("Unknown split 'vall'; known: val, train; in coco");
  }

  @Test
  void convertsPascalVoc() throws Exception {
    Files.writeString(
        folder.resolve("a.xml"),
        """
        <annotation><filename>a.jpg</filename><source><database>VOC</database></source>
        <size><width>50</width><height>40</height><depth>3</depth></size>
        <object><name>dog</name><pose>Left</pose><truncated>1</truncated><difficult>0</difficult>
        <bndbox><xmin>1</xmin><ymin>11</ymin><xmax>20</xmax><ymax>30</ymax></bndbox></object>
        </annotation>
        """);
    importSource(VocFolder.open(folder, Optional.empty(), "voc"), folder.toString());

    assertThat(export(Optional.empty()))
        .isEqualTo(
            JSON.readTree(
                """
                {"info": {"description": "VOC"}, "licenses": [],
                 "images": [{"id": 1, "file_name": "a.jpg", "height": 40, "width": 50, "depth": 3}],
                 "annotations": [{"id": 10001, "image_id": 1, "category_id": 12, "area": 400,
                   "bbox": [0, 10, 20, 20], "iscrowd": 0, "pose": "Left", "truncated": 1,
                   "difficult": 0}],
                 "categories": [{"id": 12, "name": "dog"}]}
                """));
  }

  @Test
  void convertsYolo() throws Exception {
    YoloFolder files = new YoloFolder(folder.toRealPath());
    files.write("data.yaml", "train: images\nnames: [cat]\nkpt_shape: [1, 3]\n");
    files.image("images/a.png", 8, 4);
    files.write("labels/a.txt", "0 0.5 0.5 1 0.5 0.25 0.5 2");
    YoloDataSet dataSet = files.open(Optional.empty());
    importSource(dataSet.sources().get(0), dataSet.imageFolder().toString());

    assertThat(export(Optional.empty()))
        .isEqualTo(
            JSON.readTree(
                """
                {"info": {}, "licenses": [],
                 "images": [{"id": 1, "file_name": "images/a.png", "height": 4, "width": 8}],
                 "annotations": [{"id": 10001, "image_id": 1, "category_id": 0, "area": 16,
                   "bbox": [0, 1, 8, 2], "iscrowd": 0, "keypoints": [2, 2, 2],
                   "num_keypoints": 1}],
                 "categories": [{"id": 0, "name": "cat"}]}
                """));
  }

  @Test
  void doesNotRepeatAFieldThatIsAlsoInExtra() throws Exception {
    importCoco(EVERYTHING, Optional.empty());
    DATABASE.execute("UPDATE coco.categories SET extra = '{\"id\": 99, \"x\": 1}' WHERE id = 4");

    JsonNode dog = export(Optional.empty()).get("categories").get(1);

    assertThat(dog).isEqualTo(JSON.readTree("{\"id\": 4, \"name\": \"dog\", \"x\": 1}"));
  }

  @Test
  void refusesADatabaseWithoutADataSet() {
    assertThatThrownBy(() -> export(Optional.empty()))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot export coco: there is no table coco.images; seeql import coco creates it");
  }

  /** The same JSON with lists of records in the order of their ids. */
  private static JsonNode sorted(JsonNode document) {
    for (String list : List.of("images", "annotations", "categories")) {
      List<JsonNode> records = new ArrayList<>();
      document.get(list).forEach(records::add);
      records.sort(Comparator.comparingLong(record -> record.get("id").asLong()));
      ((ObjectNode) document).set(list, JSON.valueToTree(records));
    }
    return document;
  }

  private JsonNode export(Optional<String> split) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new CocoExport(DATABASE.connector()).write("coco", split, out);
    return JSON.readTree(out.toByteArray());
  }

  private void importCoco(String json, Optional<String> split) throws IOException {
    Path file = Files.writeString(folder.resolve("a.json"), json);
    new DataSetImport(DATABASE.connector(), DataSetListener.NONE, problem -> {})
        .run(
            List.of(new CocoFile(file, "a.json")),
            new DataSetRequest("coco", "/images", split, OnError.FAIL));
  }

  private static void importSource(DataSetSource source, String images) {
    new DataSetImport(DATABASE.connector(), DataSetListener.NONE, problem -> {})
        .run(List.of(source), new DataSetRequest("coco", images, Optional.empty(), OnError.FAIL));
  }
}
