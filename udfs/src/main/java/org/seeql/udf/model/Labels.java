package org.seeql.udf.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Lists of class names.
 *
 * <p>{@code coco80}: the classes of COCO 2017 in order, as YOLO counts them. {@code coco91}: by
 * COCO's own category ids, 0 for the background and gaps, as torchvision counts them. {@code
 * voc20}: Pascal VOC's, in alphabetical order.
 *
 * @see <a href="https://cocodataset.org/#format-data">COCO's categories</a>
 * @see <a href="http://host.robots.ox.ac.uk/pascal/VOC/voc2012/">Pascal VOC 2012</a>
 */
final class Labels {
  private static final List<String> BUILT_IN = List.of("coco80", "coco91", "voc20");

  private Labels() {}

  /** The labels that are meant by an option's value: the name of a list or a file of one a line. */
  static List<String> load(String nameOrFile) {
    return BUILT_IN.contains(nameOrFile) ? builtIn(nameOrFile) : ofFile(nameOrFile);
  }

  /** The list that detectors with so many classes are trained with. */
  static Optional<String> findUsual(int classes) {
    return BUILT_IN.stream().filter(name -> builtIn(name).size() == classes).findFirst();
  }

  private static List<String> builtIn(String name) {
    try (InputStream in = Labels.class.getResourceAsStream(name + ".txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the built-in labels " + name, e);
    }
  }

  private static List<String> ofFile(String file) {
    List<String> labels;
    try {
      labels =
          Files.readAllLines(Path.of(file)).stream()
              .map(String::strip)
              .filter(label -> !label.isEmpty())
              .toList();
    } catch (IOException | InvalidPathException e) {
      throw new InferenceException(
          "Invalid labels: '%s' (%s, or a readable text file of one label a line)"
              .formatted(file, String.join(", ", BUILT_IN)),
          e);
    }
    if (labels.isEmpty()) {
      throw new InferenceException("Invalid labels: the file '" + file + "' is empty");
    }
    return labels;
  }
}
