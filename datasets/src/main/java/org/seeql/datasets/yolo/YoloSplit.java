package org.seeql.datasets.yolo;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.seeql.datasets.record.CategoryRecord;
import org.seeql.datasets.record.DataSetSource;
import org.seeql.datasets.record.KnownIds;
import org.seeql.datasets.record.LabelledImage;
import org.seeql.datasets.record.Place;
import org.seeql.datasets.record.Problem;
import org.seeql.datasets.record.RecordHandler;
import org.seeql.datasets.record.Section;
import org.seeql.udf.image.ImageFile;
import org.seeql.udf.image.ImageSize;
import org.seeql.udf.image.RegularFile;
import org.seeql.udf.image.UndecodableImageException;

/**
 * One split of a data set. The headers of its images are read once, at the beginning. Needs about
 * 300 bytes of memory per image.
 */
final class YoloSplit implements DataSetSource {
  private final YoloDataSet dataSet;
  private final String split;
  private final List<Path> places;
  private final List<YoloImage> images = new ArrayList<>();

  /**
   * @param places the folders and lists of its images
   */
  YoloSplit(YoloDataSet dataSet, String split, List<Path> places) {
    this.dataSet = requireNonNull(dataSet, "dataSet is null");
    this.split = requireNonNull(split, "split is null");
    this.places = List.copyOf(places);
  }

  @Override
  public String name() {
    return "%s (%s)".formatted(dataSet.name(), split);
  }

  @Override
  public Optional<String> split() {
    return Optional.of(split);
  }

  @Override
  public void begin(KnownIds known) throws IOException, SQLException {
    YoloIds ids = dataSet.begin(known);
    YoloImages finder = new YoloImages(dataSet.root());
    for (Path place : places) {
      List<Path> found = finder.find(place);
      if (found.isEmpty()) {
        throw dataSet.refusal("there is no image in " + place);
      }
      for (Path image : found) {
        String fileName = dataSet.fileName(image);
        if (dataSet.claim(fileName)) {
          images.add(image(fileName, image, ids));
        }
      }
    }
  }

  private static YoloImage image(String fileName, Path file, YoloIds ids) throws SQLException {
    try (ImageFile opened = RegularFile.open(file, RegularFile.Guard.NONE)) {
      ImageSize size = ImageSize.peek(opened);
      return new YoloImage(
          fileName, ids.image(fileName), size.width(), size.height(), Optional.empty());
    } catch (UndecodableImageException e) {
      return unreadable(fileName, Problem.Kind.MALFORMED, e.getMessage());
    } catch (NoSuchFileException e) {
      String reason = "there is no such file, so its size is unknown";
      return unreadable(fileName, Problem.Kind.MISSING_FILE, reason);
    } catch (IOException e) {
      return unreadable(fileName, Problem.Kind.MALFORMED, "it cannot be read: " + e.getMessage());
    }
  }

  private static YoloImage unreadable(String fileName, Problem.Kind kind, String reason) {
    Problem problem =
        new Problem(kind, Section.IMAGES, Place.of(fileName), Section.IMAGES.one(), reason);
    return new YoloImage(fileName, 0, 0, 0, Optional.of(problem));
  }

  @Override
  public void read(Set<Section> sections, RecordHandler handler) throws IOException, SQLException {
    if (sections.contains(Section.CATEGORIES)) {
      for (Map.Entry<Integer, Long> category : dataSet.classes().ids().entrySet()) {
        handler.category(
            new CategoryRecord(
                category.getValue(),
                dataSet.names().get(category.getKey()),
                Optional.empty(),
                Optional.empty()),
            Place.of(dataSet.name()));
      }
    }
    for (YoloImage image : images) {
      if (sections.contains(Section.IMAGES)) {
        send(image, handler);
      }
      if (sections.contains(Section.ANNOTATIONS) && image.problem().isEmpty()) {
        Path labels = YoloImage.labels(dataSet.imageFolder().resolve(image.fileName()));
        new LabelFile(labels, dataSet.fileName(labels), dataSet.classes()).send(image, handler);
      }
    }
  }

  private static void send(YoloImage image, RecordHandler handler) throws SQLException {
    if (image.problem().isPresent()) {
      handler.unreadable(image.problem().get());
      return;
    }
    handler.image(
        new LabelledImage(
            image.id(),
            OptionalLong.empty(),
            image.fileName(),
            Optional.empty(),
            image.height(),
            image.width(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        Place.of(image.fileName()));
  }
}
