package org.seeql.datasets.voc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.seeql.database.RefusalException;
import org.seeql.datasets.record.CategoryRecord;
import org.seeql.datasets.record.DataSetSource;
import org.seeql.datasets.record.InfoRecord;
import org.seeql.datasets.record.KnownIds;
import org.seeql.datasets.record.MalformedFileException;
import org.seeql.datasets.record.Place;
import org.seeql.datasets.record.RecordHandler;
import org.seeql.datasets.record.Section;

/**
 * A data set in Pascal VOC format: a folder with one XML file per image. It provides the same
 * records as a COCO file. Files are read in the order of their names. A malformed file counts as a
 * bad image, and reading continues with the next file.
 *
 * @see <a href="http://host.robots.ox.ac.uk/pascal/VOC/voc2012/htmldoc/index.html">The VOC 2012
 *     development kit</a>
 */
public final class VocFolder implements DataSetSource {
  private static final String ENDING = ".xml";

  private final Path annotations;
  private final Optional<Path> list;
  private final String name;
  private Optional<VocIds> ids = Optional.empty();

  private VocFolder(Path annotations, Optional<Path> list, String name) {
    this.annotations = requireNonNull(annotations, "annotations is null");
    this.list = requireNonNull(list, "list is null");
    this.name = requireNonNull(name, "name is null");
  }

  /**
   * Opens the folder {@code Annotations} of a data set, or the given folder if there is none.
   *
   * @param split if {@code ImageSets/Main} has a list with this name, only its images are read
   * @param name the data set's name in messages
   */
  public static VocFolder open(Path folder, Optional<String> split, String name) {
    Path annotations = folder.resolve("Annotations");
    Optional<Path> list =
        split
            .filter(s -> s.matches("[\\w.-]+"))
            .map(s -> folder.resolve("ImageSets").resolve("Main").resolve(s + ".txt"))
            .filter(Files::isRegularFile);
    return new VocFolder(Files.isDirectory(annotations) ? annotations : folder, list, name);
  }

  /** The default folder of its images. */
  public static Path images(Path folder) {
    Path images = folder.resolve("JPEGImages");
    return Files.isDirectory(images) ? images : folder;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void begin(KnownIds known) throws IOException, SQLException {
    ids = Optional.of(new VocIds(known));
    if (files().isEmpty()) {
      throw new RefusalException(
          "Cannot import %s: there is no XML file in %s".formatted(name, annotations));
    }
  }

  private List<Path> files() throws IOException {
    if (list.isPresent()) {
      List<Path> files = new ArrayList<>();
      // If a name is not valid UTF-8, the file does not exist.
      String lines = new String(Files.readAllBytes(list.get()), UTF_8);
      for (String line : lines.replaceFirst("^\uFEFF", "").lines().toList()) {
        // Lists for a class have 1, 0 or -1 after the name.
        String image = line.strip().replaceFirst("\\s.*", "");
        if (!image.isEmpty()) {
          files.add(annotations.resolve(image + ENDING));
        }
      }
      return files;
    }
    try (Stream<Path> files = Files.list(annotations)) {
      return files.filter(f -> f.getFileName().toString().endsWith(ENDING)).sorted().toList();
    }
  }

  @Override
  public void read(Set<Section> sections, RecordHandler handler) throws IOException, SQLException {
    VocIds given = ids.orElseThrow(() -> new IllegalStateException("begin was not called"));
    boolean first = true;
    for (Path file : files()) {
      String fileName = file.getFileName().toString();
      try {
        VocDocument document = VocXml.read(file, fileName);
        if (first && sections.contains(Section.INFO)) {
          handler.info(info(document));
        }
        first = false;
        new VocRecords(given, document, Place.of(fileName)).send(sections, handler);
      } catch (MalformedFileException e) {
        if (sections.contains(Section.IMAGES)) {
          handler.unreadable(e.problem());
        }
      }
    }
    if (sections.contains(Section.CATEGORIES)) {
      for (Map.Entry<String, Long> category : given.categories().entrySet()) {
        handler.category(
            new CategoryRecord(
                category.getValue(), category.getKey(), Optional.empty(), Optional.empty()),
            Place.of(name));
      }
    }
  }

  private static InfoRecord info(VocDocument document) {
    return new InfoRecord(
        OptionalInt.empty(),
        Optional.empty(),
        new VocFields(document.values()).text("source/database"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
