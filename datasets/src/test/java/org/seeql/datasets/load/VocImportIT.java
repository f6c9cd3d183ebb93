package org.seeql.datasets.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.database.embedded.JsonCells;
import org.seeql.database.embedded.TestServer;
import org.seeql.datasets.load.DataSetSummary.Counts;
import org.seeql.datasets.record.Problem;
import org.seeql.datasets.record.Section;
import org.seeql.datasets.voc.VocFolder;

class VocImportIT {
  private static final String DOG =
      """
      <annotation>
        <folder>VOC2012</folder>
        <filename>2007_000027.jpg</filename>
        <source><database>The VOC2007 Database</database><image>flickr</image></source>
        <size><width>500</width><height>375</height><depth>3</depth></size>
        <segmented>0</segmented>
        <object>
          <name>dog</name><pose>Left</pose><truncated>1</truncated><difficult>0</difficult>
          <bndbox><xmin>1</xmin><ymin>101</ymin><xmax>349</xmax><ymax>351</ymax></bndbox>
          <part><name>head</name>
            <bndbox><xmin>9</xmin><ymin>9</ymin><xmax>10</xmax><ymax>10</ymax></bndbox></part>
        </object>
        <object>
          <name>gnu</name>
          <bndbox><xmin>10.5</xmin><ymin>20</ymin><xmax>500</xmax><ymax>375</ymax></bndbox>
          <pose>Unspecified</pose><truncated>0</truncated><difficult>1</difficult>
          <occluded>1</occluded>
        </object>
      </annotation>
      """;

  private static final TestServer DATABASE = TestServer.shared();

  @TempDir Path folder;
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  @BeforeEach
  void begin() throws SQLException, IOException {
    DATABASE.execute("DROP DATABASE IF EXISTS voc");
    DATABASE.emptySystemTables();
    Files.createDirectories(folder.resolve("Annotations"));
    Files.createDirectories(folder.resolve("JPEGImages"));
  }

  @Test
  void keepsTheFieldsOfAnObjectThatHaveNoColumn() throws Exception {
    write("2007_000027", DOG);

    importFolder(Optional.empty(), OnError.FAIL);

    assertThat(
            JsonCells.alike(
                DATABASE.query("SELECT COALESCE(extra, 'none') FROM voc.annotations ORDER BY id")))
        .containsExactly("none", "{\"occluded\":1}");
  }

  @Test
  void countsPixelsAsCocoDoes() throws Exception {
    write("2007_000027", DOG);

    importFolder(Optional.empty(), OnError.FAIL);

    assertThat(
            JsonCells.alike(
                DATABASE.query(
                    "SELECT CONCAT_WS('|', a.id, file_name, name, category_id, bbox, area, iscrowd,"
                        + " pose, truncated, difficult) FROM voc.annotations a JOIN voc.images"
                        + " USING (image_id) JOIN voc.categories c ON c.id = category_id ORDER BY"
                        + " a.id")))
        .containsExactlyElementsOf(
            JsonCells.alike(
                List.of(
                    "10001|2007_000027.jpg|dog|12|[0, 100, 349, 251]|87599|0|Left|1|0",
                    "10002|2007_000027.jpg|gnu|21|[9.5, 19, 490.5, 356]|174618|0|Unspecified|0|1")));
    assertThat(
            JsonCells.alike(
                DATABASE.query(
                    "SELECT CONCAT_WS('|', image_id, path, width, height, extra) FROM voc.images")))
        .containsExactly(
            "1|2007_000027.jpg|500|375|{\"depth\":3,\"folder\":\"VOC2012\",\"segmented\":0,\"source/image\":\"flickr\"}");
    assertThat(DATABASE.query("SELECT description FROM voc.info"))
        .containsExactly("The VOC2007 Database");
    assertThat(DATABASE.query("SELECT root FROM seeql.image_roots"))
        .containsExactly(folder.resolve("JPEGImages").toString());
  }

  @Test
  void givesTheSameIdsWhenItIsRunAgainWithMore() throws Exception {
    write("2007_000027", DOG);
    importFolder(Optional.empty(), OnError.FAIL);
    List<String> before =
        DATABASE.query("SELECT CONCAT(id, bbox) FROM voc.annotations ORDER BY id");
    write("2000_000001", DOG.replace("2007_000027", "2000_000001").replace("gnu", "cow"));

    DataSetSummary summary = importFolder(Optional.empty(), OnError.FAIL);

    assertThat(summary.counts().get(Section.IMAGES)).isEqualTo(new Counts(1, 1, 0));
    assertThat(summary.counts().get(Section.ANNOTATIONS)).isEqualTo(new Counts(2, 2, 0));
    assertThat(DATABASE.query("SELECT CONCAT(id, bbox) FROM voc.annotations ORDER BY id"))
        .containsAll(before);
    assertThat(DATABASE.query("SELECT CONCAT(id, name) FROM voc.categories ORDER BY id"))
        .containsExactly("10cow", "12dog", "21gnu");
  }

  @Test
  void givesANewCategoryAnUnusedId() throws Exception {
    write("2007_000027", DOG);
    importFolder(Optional.empty(), OnError.FAIL);
    DATABASE.execute("INSERT INTO voc.categories (id, name) VALUES (22, 'dog'), (24, 'dog')");
    write("2008", DOG.replace("2007_000027", "2008").replace("gnu", "cow"));
    write("2009", DOG.replace("2007_000027", "2009").replace("gnu", "yak"));

    importFolder(Optional.empty(), OnError.FAIL);

    assertThat(DATABASE.query("SELECT CONCAT(id, name) FROM voc.categories ORDER BY id"))
        .containsExactly("10cow", "12dog", "21gnu", "22dog", "23yak", "24dog");
  }

  @Test
  void readsOnlyTheImagesOfItsSplit() throws Exception {
    write("a", DOG.replace("2007_000027", "a"));
    write("b", DOG.replace("2007_000027", "b"));
    Files.createDirectories(folder.resolve("ImageSets/Main"));
    Files.writeString(folder.resolve("ImageSets/Main/val.txt"), "b  1\n\n");

    importFolder(Optional.of("val"), OnError.FAIL);

    assertThat(DATABASE.query("SELECT CONCAT(file_name, split) FROM voc.images"))
        .containsExactly("b.jpgval");
  }

  @Test
  void readsNoOtherFile() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "a secret");
    write(
        "x",
        "<!DOCTYPE annotation [<!ENTITY s SYSTEM \"%s\">]>\n%s"
            .formatted(secret.toUri(), DOG.replace("VOC2012", "&s;").replace("dog", "&s;")));

    DataSetSummary summary = importGoodAnd();

    assertThat(summary.problems()).containsEntry(Problem.Kind.MALFORMED, 1L);
    assertThat(problems.get(0).reason())
        .isEqualTo("it has a document type declaration, which Pascal VOC does not allow");
    assertThat(DATABASE.query("SELECT name FROM voc.categories")).doesNotContain("a secret");
  }

  @Test
  void tellsWhatIsWrongWithEachFile() throws Exception {
    write("a", DOG.substring(0, 200));
    write("b", DOG.replace("<width>500</width>", ""));
    write("c", DOG.replace("2007_000027", "c").replace("<xmax>349", "<xmax>many"));
    write("d", DOG.replace("2007_000027", "d").replace("<xmax>349</xmax>", "<xmax>0</xmax>"));
    write("e", "<html></html>");
    write("f", "<annotation>".repeat(60));
    write("g", DOG.replace("2007_000027", "../g"));

    DataSetSummary summary = importGoodAnd();

    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactlyInAnyOrder(
            "a.xml:5:40: invalid XML: The element type \"height\" must be terminated by the"
                + " matching end-tag \"</height>\".",
            "b.xml: image 2007_000027.jpg: it has no size/width",
            "e.xml:1:7: its root is <html>, not <annotation>",
            "f.xml:1:613: it is nested deeper than 50 levels",
            "g.xml: image 3: its file_name is outside the folder of images: ../g.jpg",
            "c.xml:7:11: annotation of c.jpg: its bndbox/xmax is not a number: many",
            "d.xml:7:11: annotation 20001: its box has no area: [0, 100, 0, 251]",
            "g.xml:7:11: annotation 30001: there is no image 3",
            "g.xml:13:11: annotation 30002: there is no image 3");
    assertThat(summary.counts().get(Section.IMAGES)).isEqualTo(new Counts(3, 0, 5));
    assertThat(summary.counts().get(Section.ANNOTATIONS)).isEqualTo(new Counts(4, 0, 4));
  }

  @Test
  void anObjectWithSeveralBoxesBecomesOneAnnotationPerBox() throws Exception {
    write(
        "a",
        DOG.replace(
            "<bndbox><xmin>10.5</xmin><ymin>20</ymin><xmax>500</xmax><ymax>375</ymax></bndbox>",
            """
            <bndbox><xmin>1</xmin><ymin>1</ymin><xmax>10</xmax><ymax>10</ymax></bndbox>
            <bndbox><xmin>11</xmin><ymin>1</ymin><xmax>20</xmax></bndbox>
            <bndbox><xmin>21</xmin><ymin>1</ymin><xmax>30</xmax><ymax>10</ymax></bndbox>
            """));

    importFolder(Optional.empty(), OnError.SKIP);

    assertThat(
            JsonCells.alike(
                DATABASE.query(
                    "SELECT CONCAT_WS('|', a.id, name, bbox, pose, difficult) FROM voc.annotations"
                        + " a JOIN voc.categories c ON c.id = category_id ORDER BY a.id")))
        .containsExactlyElementsOf(
            JsonCells.alike(
                List.of(
                    "10001|dog|[0, 100, 349, 251]|Left|0",
                    "10002|gnu|[0, 0, 10, 10]|Unspecified|1",
                    "10004|gnu|[20, 0, 10, 10]|Unspecified|1")));
    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly("a.xml:13:11: annotation of 2007_000027.jpg: it has no bndbox/ymax");
  }

  @Test
  void manyFieldsInAnObjectAndManyCategoriesCostLittle() throws Exception {
    StringBuilder fields = new StringBuilder();
    for (int i = 0; i < 200_000; i++) {
      fields.append("<f").append(i).append(">x</f").append(i).append('>');
    }
    write("a", DOG.replace("<pose>Left</pose>", fields));
    StringBuilder objects = new StringBuilder();
    for (int i = 0; i < 9_000; i++) {
      objects
          .append("<object><name>class ")
          .append(i)
          .append(
              "</name><bndbox><xmin>1</xmin><ymin>1</ymin><xmax>2</xmax><ymax>2</ymax></bndbox></object>");
    }
    write("b", DOG.replace("2007_000027", "b").replace("</annotation>", objects + "</annotation>"));

    DataSetSummary summary =
        assertTimeoutPreemptively(
            Duration.ofMinutes(3), () -> importFolder(Optional.empty(), OnError.FAIL));

    assertThat(summary.counts().get(Section.ANNOTATIONS).added()).isEqualTo(9_004);
    assertThat(summary.counts().get(Section.CATEGORIES).added()).isEqualTo(9_002);
  }

  @Test
  void aListMayHaveAByteOrderMarkAndLinesOfWindows() throws Exception {
    write("a", "\uFEFF" + DOG.replace("2007_000027", "a").replace("\n", "\r\n"));
    write("b", DOG.replace("2007_000027", "b"));
    Files.createDirectories(folder.resolve("ImageSets/Main"));
    Files.writeString(folder.resolve("ImageSets/Main/val.txt"), "\uFEFFa  1\r\nb -1\r\n");

    importFolder(Optional.of("val"), OnError.FAIL);

    assertThat(DATABASE.query("SELECT file_name FROM voc.images ORDER BY 1"))
        .containsExactly("a.jpg", "b.jpg");
  }

  @Test
  void listsTheImagesThatHaveNoFile() throws Exception {
    write("a", DOG.replace("2007_000027", "a"));
    write("b", DOG.replace("2007_000027", "sub\\b"));
    write("c", DOG.replace("2007_000027", folder + "/JPEGImages/c"));
    Files.createDirectories(folder.resolve("JPEGImages/sub"));
    Files.writeString(folder.resolve("JPEGImages/sub/b.jpg"), "x");
    Files.writeString(folder.resolve("JPEGImages/c.jpg"), "x");

    DataSetSummary summary = importFolder(Optional.empty(), OnError.FAIL);
    DataSetSummary again = importFolder(Optional.empty(), OnError.FAIL);

    assertThat(DATABASE.query("SELECT path FROM voc.images ORDER BY 1"))
        .containsExactly("a.jpg", "c.jpg", "sub/b.jpg");
    assertThat(summary.missingFiles()).isEqualTo(1);
    assertThat(summary.examples().toString()).isEqualTo("[a.xml: image 1: there is no file a.jpg]");
    assertThat(again.counts().get(Section.IMAGES)).isEqualTo(new Counts(0, 3, 0));
    assertThat(missing).hasSize(2);
  }

  @Test
  void refusesAPipeInPlaceOfAnAnnotation() throws Exception {
    Path pipe = folder.resolve("Annotations/p.xml");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    importGoodAnd();

    assertThat(problems)
        .extracting(Problem::toString)
        .containsExactly("p.xml: it is not a regular file");
  }

  /** Imports the written files and one valid file, and skips the invalid ones. */
  private DataSetSummary importGoodAnd() throws IOException {
    write("z", DOG.replace("2007_000027", "z"));
    return importFolder(Optional.empty(), OnError.SKIP);
  }

  private DataSetSummary importFolder(Optional<String> split, OnError onError) {
    return new DataSetImport(DATABASE.connector(), DataSetListener.NONE, this::add)
        .run(
            List.of(VocFolder.open(folder, split, "voc")),
            new DataSetRequest("voc", VocFolder.images(folder).toString(), split, onError));
  }

  private void add(Problem problem) {
    if (problem.kind() == Problem.Kind.MISSING_FILE) {
      missing.add(problem.toString());
    } else {
      problems.add(problem);
    }
  }

  private void write(String name, String xml) throws IOException {
    Files.writeString(folder.resolve("Annotations").resolve(name + ".xml"), xml);
  }
}
