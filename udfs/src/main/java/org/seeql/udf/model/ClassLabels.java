package org.seeql.udf.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.seeql.udf.InferenceException;

/**
 * Lists of class names.
 *
 * <p>{@code coco80}: the classes of COCO 2017 in order, as numbered by YOLO. {@code coco91}: by
 * COCO's own category ids, with 0 for the background and gaps, as numbered by torchvision. {@code
 * voc20}: the classes of Pascal VOC, in alphabetical order.
 *
 * @see <a href="https://cocodataset.org/#format-data">COCO's categories</a>
 * @see <a href="http://host.robots.ox.ac.uk/pascal/VOC/voc2012/">Pascal VOC 2012</a>
 */
final class ClassLabels {
  private static final List<String> BUILT_IN = List.of("coco80", "coco91", "voc20");
  private static final long MAX_BYTES = 16L << 20;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** The length of the column {@code label} in results, in characters. */
  private static final int LONGEST = 255;

  private static final int SHOWN = 40;

  private ClassLabels() {}

  /** The labels for an option's value: the name of a list, or a file with one label per line. */
  static List<String> load(String nameOrFile) {
    return BUILT_IN.contains(nameOrFile) ? builtIn(nameOrFile) : ofFile(nameOrFile);
  }

  /** The list with which detectors with that number of classes are usually trained. */
  static Optional<String> findStandard(int classes) {
    return BUILT_IN.stream().filter(name -> builtIn(name).size() == classes).findFirst();
  }

  private static List<String> builtIn(String name) {
    try (InputStream in = ClassLabels.class.getResourceAsStream(name + ".txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the built-in labels " + name, e);
    }
  }

  private static List<String> ofFile(String file) {
    List<String> labels =
        read(file).lines().map(String::strip).filter(label -> !label.isEmpty()).toList();
    if (labels.isEmpty()) {
      throw new InferenceException("Invalid labels: the file '" + file + "' is empty");
    }
    return labels;
  }

  private static String read(String file) {
    try {
      Path path = Path.of(file);
      // reading a device may never end, and opening a pipe may block
      if (!Files.isRegularFile(path) || Files.size(path) > MAX_BYTES) {
        throw unreadable(file, null);
      }
      return decode(Files.readAllBytes(path));
    } catch (IOException | InvalidPathException e) {
      throw unreadable(file, e);
    }
  }

  /** Decodes UTF-8, or the encoding of a byte order mark, which is not part of a label. */
  private static String decode(byte[] bytes) throws CharacterCodingException {
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      byte[] mark = String.valueOf(BYTE_ORDER_MARK).getBytes(charset);
      if (bytes.length >= mark.length
          && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length)) {
        return decode(ByteBuffer.wrap(bytes, mark.length, bytes.length - mark.length), charset);
      }
    }
    return decode(ByteBuffer.wrap(bytes), StandardCharsets.UTF_8);
  }

  private static String decode(ByteBuffer bytes, Charset charset) throws CharacterCodingException {
    return charset.newDecoder().decode(bytes).toString();
  }

  private static InferenceException unreadable(String file, Exception cause) {
    return new InferenceException(
        "Invalid labels: '%s' (%s, or a readable text file with one label per line)"
            .formatted(file, String.join(", ", BUILT_IN)),
        cause);
  }

  /**
   * Checks that labels fit into the columns of results.
   *
   * @throws InferenceException if a label does not fit
   */
  static void checkLengths(String model, List<String> labels) {
    for (int id = 0; id < labels.size(); id++) {
      String label = labels.get(id);
      int length = label.codePointCount(0, label.length());
      if (length > LONGEST) {
        throw new InferenceException(
            "Invalid labels for model %s: the label of class %d has %d characters (at most %d): '%s…'"
                .formatted(
                    model,
                    id,
                    length,
                    LONGEST,
                    label.substring(0, label.offsetByCodePoints(0, SHOWN))));
      }
    }
  }
}
