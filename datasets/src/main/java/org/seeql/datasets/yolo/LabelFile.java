package org.seeql.datasets.yolo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.seeql.datasets.record.AnnotationRecord;
import org.seeql.datasets.record.AnnotationRecord.Box;
import org.seeql.datasets.record.AnnotationRecord.VocTraits;
import org.seeql.datasets.record.Place;
import org.seeql.datasets.record.Problem;
import org.seeql.datasets.record.RecordHandler;
import org.seeql.datasets.record.Section;

/** The label file of an image. It need not exist: an image without one has no objects. */
final class LabelFile {
  private static final int MAX_BYTES = 16 << 20;

  private final Path file;
  private final String name;
  private final YoloClasses classes;

  /**
   * @param name the file's name in messages
   */
  LabelFile(Path file, String name, YoloClasses classes) {
    this.file = requireNonNull(file, "file is null");
    this.name = requireNonNull(name, "name is null");
    this.classes = requireNonNull(classes, "classes is null");
  }

  /** Sends the objects of an image as annotations. */
  void send(YoloImage image, RecordHandler handler) throws IOException, SQLException {
    if (!Files.exists(file)) {
      return;
    }
    Optional<String> fault = fault();
    if (fault.isPresent()) {
      handler.unreadable(
          new Problem(
              Problem.Kind.MALFORMED, Section.ANNOTATIONS, Place.of(name), "", fault.get()));
      return;
    }
    // An invalid byte becomes a character that no number contains.
    String text = new String(Files.readAllBytes(file), UTF_8);
    List<String> lines = (text.startsWith("\uFEFF") ? text.substring(1) : text).lines().toList();
    long objects = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        send(lines.get(i), ++objects, image, new Place(name, i + 1L, 1), handler);
      }
    }
  }

  private Optional<String> fault() throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.of("it is not a regular file");
    }
    if (!Files.isReadable(file)) {
      return Optional.of("it cannot be read");
    }
    long bytes = Files.size(file);
    return bytes > MAX_BYTES
        ? Optional.of("it has %d bytes (at most %d)".formatted(bytes, MAX_BYTES))
        : Optional.empty();
  }

  private void send(String text, long number, YoloImage image, Place place, RecordHandler handler)
      throws SQLException {
    LabelLine line = LabelLine.parse(text, classes.ids().keySet(), classes.keypoints());
    Optional<LabelLine.Fault> fault = line.fault();
    if (number >= YoloIds.OBJECTS_PER_IMAGE) {
      String reason = "its image has more than %d objects".formatted(YoloIds.OBJECTS_PER_IMAGE - 1);
      fault = Optional.of(new LabelLine.Fault(Problem.Kind.BAD_VALUE, reason));
    }
    if (fault.isPresent()) {
      handler.unreadable(
          new Problem(
              fault.get().kind(),
              Section.ANNOTATIONS,
              place,
              Section.ANNOTATIONS.one(),
              fault.get().reason()));
      return;
    }
    PixelShape shape = PixelShape.of(line, image.width(), image.height());
    handler.annotation(
        new AnnotationRecord(
            image.id() * YoloIds.OBJECTS_PER_IMAGE + number,
            image.id(),
            classes.ids().get(line.classNumber()),
            shape.segmentation(),
            shape.area(),
            shape.box(),
            false,
            VocTraits.NONE,
            shape.keypoints()),
        place);
  }

  /**
   * The shape of an object in pixels.
   *
   * @param segmentation one polygon, as COCO writes it
   * @param keypoints the JSON object of COCO's fields for keypoints
   */
  private record PixelShape(
      Box box, double area, Optional<String> segmentation, Optional<String> keypoints) {

    static PixelShape of(LabelLine line, int width, int height) {
      double[] values = line.coordinates();
      if (line.isPolygon()) {
        double[] points = pixels(values, 2, width, height);
        return new PixelShape(
            bounds(points), area(points), Optional.of("[" + json(points) + "]"), Optional.empty());
      }
      Box box =
          new Box(
              (values[0] - values[2] / 2) * width,
              (values[1] - values[3] / 2) * height,
              values[2] * width,
              values[3] * height);
      return new PixelShape(
          box,
          box.width() * box.height(),
          Optional.empty(),
          keypoints(pixels(line.keypoints(), 3, width, height)));
    }

    private static double[] pixels(double[] values, int step, int width, int height) {
      double[] pixels = values.clone();
      for (int i = 0; i < values.length; i += step) {
        pixels[i] *= width;
        pixels[i + 1] *= height;
      }
      return pixels;
    }

    private static Box bounds(double[] points) {
      double left = Double.POSITIVE_INFINITY;
      double top = Double.POSITIVE_INFINITY;
      double right = Double.NEGATIVE_INFINITY;
      double bottom = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < points.length; i += 2) {
        left = Math.min(left, points[i]);
        right = Math.max(right, points[i]);
        top = Math.min(top, points[i + 1]);
        bottom = Math.max(bottom, points[i + 1]);
      }
      return new Box(left, top, right - left, bottom - top);
    }

    /** The area that a polygon encloses (the shoelace formula). */
    private static double area(double[] points) {
      double twice = 0;
      int last = points.length - 2;
      for (int i = 0; i < points.length; i += 2) {
        twice += points[last] * points[i + 1] - points[i] * points[last + 1];
        last = i;
      }
      return Math.abs(twice) / 2;
    }

    private static Optional<String> keypoints(double[] points) {
      if (points.length == 0) {
        return Optional.empty();
      }
      int labelled = 0;
      for (int i = 2; i < points.length; i += 3) {
        labelled += points[i] > 0 ? 1 : 0;
      }
      return Optional.of("{\"keypoints\":" + json(points) + ",\"num_keypoints\":" + labelled + "}");
    }

    private static String json(double[] numbers) {
      StringBuilder json = new StringBuilder("[");
      for (double number : numbers) {
        json.append(json.length() == 1 ? "" : ",");
        if (number == (long) number) {
          json.append((long) number);
        } else {
          json.append(number);
        }
      }
      return json.append(']').toString();
    }
  }
}
