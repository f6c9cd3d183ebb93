package org.seeql.datasets.voc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.database.RefusalException;
import org.seeql.datasets.record.AnnotationRecord;
import org.seeql.datasets.record.AnnotationRecord.Box;
import org.seeql.datasets.record.AnnotationRecord.VocTraits;
import org.seeql.datasets.record.CategoryRecord;
import org.seeql.datasets.record.CollectedRecords;
import org.seeql.datasets.record.InfoRecord;
import org.seeql.datasets.record.KnownIds;
import org.seeql.datasets.record.LabelledImage;
import org.seeql.datasets.record.Problem;
import org.seeql.datasets.record.Section;
import org.seeql.datasets.record.StoredIds;

class VocFolderTest {
  private static final Set<Section> ALL = EnumSet.allOf(Section.class);

  /** The ids of a database that has never seen the data set. */
  private static final KnownIds NO_IDS = new StoredIds(Map.of(), 0, Map.of());

  @TempDir Path folder;

  @BeforeEach
  void createFolder() throws IOException {
    Files.createDirectory(folder.resolve("Annotations"));
  }

  @Test
  void anImageHasItsSizeAndTheFieldsThatCocoDoesNotHave() throws Exception {
    write(
        "a",
        """
        <annotation><filename>a.jpg</filename><source><database>VOC</database></source>
        <size><width>500</width><height>375.0</height><depth>3</depth></size>
        <segmented>1</segmented></annotation>
        """);

    CollectedRecords records = read();

    assertThat(records.images())
        .containsExactly(
            new LabelledImage(
                1,
                OptionalLong.empty(),
                "a.jpg",
                Optional.empty(),
                375,
                500,
                Optional.empty(),
                Optional.empty(),
                Optional.of("{\"depth\":3,\"segmented\":1}")));
    assertThat(records.info().flatMap(InfoRecord::description)).contains("VOC");
    assertThat(records.annotations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<id>1234567890</id>|{\"id\":1234567890}",
        "<id>-999999999999999999</id>|{\"id\":-999999999999999999}",
        "<id>1000000000000000000</id>|{\"id\":\"1000000000000000000\"}",
        "<id>007</id>|{\"id\":\"007\"}",
        "<size><depth>3.0</depth></size>|{\"depth\":\"3.0\"}",
        "<depth>16</depth><size><depth>3</depth></size>|{\"depth\":16,\"size/depth\":3}",
        "<size><dpi>72</dpi></size><dpi>96</dpi>|{\"dpi\":96,\"size/dpi\":72}",
      })
  void keepsTheTypeAndThePathOfAFieldWithoutAColumn(String fields, String extra) throws Exception {
    write("a", image("a", fields));

    assertThat(read().images()).extracting(i -> i.extra().orElse("")).containsExactly(extra);
  }

  @Test
  void aBoxCountsPixelsFromZeroAndContainsItsLastPixel() throws Exception {
    write(
        "a", image("a", object("dog", "1", "1", "1", "1") + object("cat", "9.5", "2", "20", "7")));

    assertThat(read().annotations())
        .extracting(AnnotationRecord::box)
        .containsExactly(new Box(0, 0, 1, 1), new Box(8.5, 1, 11.5, 6));
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1,1", "Unspecified,", "2,", "'',"})
  void aFlagWithAnUnknownValueIsAbsent(String text, Integer expected) throws Exception {
    write(
        "a",
        image(
            "a",
            object("dog", "1", "1", "2", "2")
                .replace("</object>", "<truncated>%s</truncated></object>".formatted(text))));

    CollectedRecords records = read();

    assertThat(records.problems()).isEmpty();
    assertThat(records.annotations().get(0).traits())
        .isEqualTo(
            new VocTraits(
                Optional.empty(),
                expected == null ? OptionalInt.empty() : OptionalInt.of(expected),
                OptionalInt.empty()));
  }

  @Test
  void classesOfVocHaveTheirNumbersAndOthersFollow() throws Exception {
    write("a", image("a", box("tvmonitor") + box("zebra") + box("aeroplane") + box("ant")));

    assertThat(names(read())).containsExactly("1 aeroplane", "22 ant", "20 tvmonitor", "21 zebra");
  }

  @Test
  void namesThatTheDatabaseHasKeepTheirIds() throws Exception {
    write("a", image("a", box("dog") + box("cat") + box("zebra")));
    write("b", image("b", ""));

    CollectedRecords records =
        read(new StoredIds(Map.of("b.jpg", 7L), 40, Map.of("dog", 8L, "gnu", 21L)));

    assertThat(records.images()).extracting(LabelledImage::id).containsExactly(41L, 7L);
    assertThat(names(records))
        .as("VOC's number of cat is taken, and 21 too")
        .containsExactly("22 cat", "8 dog", "23 zebra");
    assertThat(records.annotations())
        .extracting(AnnotationRecord::id)
        .containsExactly(410_001L, 410_002L, 410_003L);
  }

  @Test
  void anObjectWithSeveralBoxesIsAsManyAnnotations() throws Exception {
    String bounds = "<bndbox><xmin>1</xmin><ymin>1</ymin><xmax>%d</xmax><ymax>2</ymax></bndbox>";
    write(
        "a",
        image(
            "a",
            "<object><name>dog</name>%s%s</object>"
                .formatted(bounds.formatted(2), bounds.formatted(3))));

    assertThat(read().annotations())
        .extracting(a -> a.id() + " " + a.box().width())
        .containsExactly("10001 2.0", "10002 3.0");
  }

  @Test
  void aPartOfAnObjectChangesNeitherItsNameNorItsBox() throws Exception {
    String part =
        "<part><name>head</name><bndbox><xmin>7</xmin><ymin>7</ymin><xmax>8</xmax><ymax>8</ymax></bndbox></part>";
    write("a", image("a", box("person").replace("</object>", part + "</object>")));

    CollectedRecords records = read();

    assertThat(records.problems()).isEmpty();
    assertThat(names(records)).containsExactly("15 person");
    assertThat(records.annotations())
        .extracting(AnnotationRecord::box)
        .containsExactly(new Box(0, 0, 2, 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<width>20</width>|``|a.xml: image a.jpg: it has no size/width",
        "<width>20</width>|<width>wide</width>|a.xml: image a.jpg: its size/width is not a number: wide",
        "<width>20</width>|<width>2.5</width>|a.xml: image a.jpg: its size/width is not an integer: 2.5",
        "<width>20</width>|<width>1e10</width>|a.xml: image a.jpg: its size/width is not an integer: 1e10",
        "<width>20</width>|<width>NaN</width>|a.xml: image a.jpg: its size/width is not a finite number: NaN",
        "<width>20</width>|<width>20</width><width>21</width>|a.xml: image a.jpg: it has more than one size/width",
        "<filename>a.jpg</filename>|<filename> </filename>|a.xml: image : it has no filename",
        "</size>|<|a.xml:3:2: invalid XML: The content of elements must consist of well-formed character data or markup.",
        "<annotation>|<!DOCTYPE annotation><annotation>|a.xml:1:22: it has a document type declaration, which Pascal VOC does not allow",
        "annotation>|html>|a.xml:1:7: its root is <html>, not <annotation>",
      })
  void reportsABadImageWithoutItsObjects(String from, String to, String text) throws Exception {
    write("a", image("a", box("dog")).replace(from, to));
    write("b", image("b", box("cat")));

    CollectedRecords records = read();

    assertThat(records.problems()).extracting(Problem::toString).containsExactly(text);
    assertThat(records.images()).extracting(LabelledImage::fileName).containsExactly("b.jpg");
    assertThat(names(records)).containsExactly("8 cat");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<name>dog</name>|``|it has no name",
        "<name>dog</name>|<name>dog</name><name>cat</name>|it has more than one name",
        "<xmax>2</xmax>|``|it has no bndbox/xmax",
        "<xmax>2</xmax>|<xmax>many</xmax>|its bndbox/xmax is not a number: many",
        "<xmax>2</xmax>|<xmax>Infinity</xmax>|its bndbox/xmax is not a finite number: Infinity",
        "<xmax>2</xmax>|<xmax>2</xmax><xmax>3</xmax>|it has more than one bndbox/xmax",
      })
  void reportsABadObjectAndReadsTheNextOne(String from, String to, String text) throws Exception {
    write("a", image("a", box("dog").replace(from, to) + box("cat")));

    CollectedRecords records = read();

    assertThat(records.problems())
        .extracting(Problem::toString)
        .containsExactly("a.xml:3:16: annotation of a.jpg: " + text);
    assertThat(names(records)).containsExactly("8 cat");
    assertThat(records.annotations()).extracting(AnnotationRecord::id).containsExactly(10_002L);
  }

  @Test
  void aFieldThatIsRepeatedWithTheSameTextIsGood() throws Exception {
    write("a", image("a", box("dog").replace("<name>", "<name>d<!-- -->og</name><name>")));

    CollectedRecords records = read();

    assertThat(records.problems()).isEmpty();
    assertThat(names(records)).containsExactly("12 dog");
  }

  @Test
  void entitiesAreNotExpanded() throws Exception {
    StringBuilder laughs = new StringBuilder("<!DOCTYPE annotation [<!ENTITY l0 \"ha\">\n");
    for (int i = 1; i <= 30; i++) {
      laughs.append("<!ENTITY l%d \"&l%2$d;&l%2$d;&l%2$d;\">\n".formatted(i, i - 1));
    }
    write("a", laughs + "]>\n" + image("a", box("&l30;")));

    assertThat(read().problems())
        .extracting(Problem::reason)
        .containsExactly("it has a document type declaration, which Pascal VOC does not allow");
  }

  @ParameterizedTest
  @CsvSource({"50,0", "51,1"})
  void elementsAreNestedAtMostFiftyLevels(int levels, int problems) throws Exception {
    String more = "<a>".repeat(levels - 1) + "</a>".repeat(levels - 1);
    write("a", image("a", "").replace("</annotation>", more + "</annotation>"));

    assertThat(read().problems()).hasSize(problems);
  }

  @Test
  void refusesAFileThatIsTooLarge() throws Exception {
    try (RandomAccessFile file =
        new RandomAccessFile(folder.resolve("Annotations/a.xml").toFile(), "rw")) {
      file.setLength((16 << 20) + 1);
    }

    assertThat(read().problems())
        .extracting(Problem::toString)
        .containsExactly("a.xml: it has 16777217 bytes (at most 16777216)");
  }

  @Test
  void anImageHasAtMost9999Objects() throws Exception {
    write("a", image("a", box("dog").repeat(10_000)));

    CollectedRecords records = read();

    assertThat(records.annotations()).hasSize(9_999);
    assertThat(records.annotations().get(9_998).id()).isEqualTo(19_999);
    assertThat(records.problems())
        .extracting(Problem::reason)
        .containsExactly("its image has more than 9999 objects");
  }

  @Test
  void aSplitReadsTheImagesOfItsListInTheirOrder() throws Exception {
    for (String name : List.of("a", "b", "c")) {
      write(name, image(name, ""));
    }
    writeList("val", "\uFEFFc  1\r\n\r\na -1\r\nmissing\r\n");

    CollectedRecords records = read(NO_IDS, Optional.of("val"));

    assertThat(records.images())
        .extracting(LabelledImage::fileName)
        .containsExactly("c.jpg", "a.jpg");
    assertThat(records.problems())
        .extracting(Problem::toString)
        .containsExactly("missing.xml: there is no such file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"test", "../Main/val", "val.txt", ""})
  void aSplitWithoutAListReadsAllImages(String split) throws Exception {
    write("a", image("a", ""));
    write("b", image("b", ""));
    writeList("val", "a\n");

    assertThat(read(NO_IDS, Optional.of(split)).images()).hasSize(2);
  }

  @Test
  void skipsTheSectionsThatAreNotRequested() throws Exception {
    write("a", image("a", box("dog")));
    write("b", "<html/>");
    CollectedRecords records = new CollectedRecords();
    VocFolder voc = VocFolder.open(folder, Optional.empty(), "voc");
    voc.begin(NO_IDS);

    voc.read(EnumSet.of(Section.CATEGORIES), records);

    assertThat(names(records)).containsExactly("12 dog");
    assertThat(records.images()).isEmpty();
    assertThat(records.annotations()).isEmpty();
    assertThat(records.problems()).isEmpty();
  }

  @Test
  void readsAFolderTwiceWithTheSameIds() throws Exception {
    write("a", image("a", box("zebra") + box("ant")));
    VocFolder voc = VocFolder.open(folder, Optional.empty(), "voc");
    voc.begin(NO_IDS);
    CollectedRecords first = new CollectedRecords();
    CollectedRecords second = new CollectedRecords();

    voc.read(ALL, first);
    voc.read(ALL, second);

    assertThat(second.annotations()).isEqualTo(first.annotations()).hasSize(2);
    assertThat(second.categories()).isEqualTo(first.categories()).hasSize(2);
  }

  @Test
  void refusesAFolderWithoutAnnotations() {
    VocFolder voc = VocFolder.open(folder, Optional.empty(), "voc");

    assertThatThrownBy(() -> voc.begin(NO_IDS))
        .isInstanceOf(RefusalException.class)
        .hasMessage("Cannot import voc: there is no XML file in " + folder.resolve("Annotations"));
  }

  @Test
  void aFolderWithoutVocsFoldersContainsAnnotationsAndImages() throws Exception {
    Path flat = Files.createDirectory(folder.resolve("flat"));
    Files.writeString(flat.resolve("a.xml"), image("a", ""));
    VocFolder voc = VocFolder.open(flat, Optional.empty(), "flat");
    CollectedRecords records = new CollectedRecords();

    voc.begin(NO_IDS);
    voc.read(ALL, records);

    assertThat(records.images()).hasSize(1);
    assertThat(VocFolder.images(flat)).isEqualTo(flat);
    Files.createDirectory(flat.resolve("JPEGImages"));
    assertThat(VocFolder.images(flat)).isEqualTo(flat.resolve("JPEGImages"));
  }

  private static String image(String name, String objects) {
    return """
        <annotation><filename>%s.jpg</filename>
        <size><width>20</width><height>10</height>
        </size>%s</annotation>
        """
        .formatted(name, objects);
  }

  private static String box(String name) {
    return object(name, "1", "1", "2", "2");
  }

  private static String object(String name, String xMin, String yMin, String xMax, String yMax) {
    return ("<object><name>%s</name><bndbox><xmin>%s</xmin><ymin>%s</ymin><xmax>%s</xmax>"
            + "<ymax>%s</ymax></bndbox></object>")
        .formatted(name, xMin, yMin, xMax, yMax);
  }

  private static List<String> names(CollectedRecords records) {
    return records.categories().stream().map(VocFolderTest::name).toList();
  }

  private static String name(CategoryRecord category) {
    return category.id() + " " + category.name();
  }

  private CollectedRecords read() throws IOException, SQLException {
    return read(NO_IDS);
  }

  private CollectedRecords read(KnownIds ids) throws IOException, SQLException {
    return read(ids, Optional.empty());
  }

  private CollectedRecords read(KnownIds ids, Optional<String> split)
      throws IOException, SQLException {
    VocFolder voc = VocFolder.open(folder, split, "voc");
    voc.begin(ids);
    CollectedRecords records = new CollectedRecords();
    voc.read(ALL, records);
    return records;
  }

  private void write(String name, String xml) throws IOException {
    Files.writeString(folder.resolve("Annotations").resolve(name + ".xml"), xml);
  }

  private void writeList(String split, String lines) throws IOException {
    Path lists = Files.createDirectories(folder.resolve("ImageSets/Main"));
    Files.writeString(lists.resolve(split + ".txt"), lines);
  }
}
