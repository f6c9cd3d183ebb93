package org.seeql.datasets.yolo;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import org.seeql.datasets.record.Problem;

/**
 * A line of a label file: an object, with coordinates as fractions of the image's width and height.
 * The first invalid value is recorded as the fault.
 *
 * @see <a href="https://docs.ultralytics.com/datasets/segment/">Ultralytics' label format</a>
 */
final class LabelLine {
  private static final String WHITESPACE = " \t\u000b\f\u00a0";
  private static final int LONGEST_QUOTE = 60;
  private static final int BOX_VALUES = 5;
  private static final int SHORTEST_POLYGON = 7;

  /** A polygon must fit into a statement that every server accepts. */
  private static final int MAX_VALUES = 100_001;

  // Ultralytics accepts the same deviation.
  private static final double TOLERANCE = 0.01;

  private final Optional<KeypointShape> shape;
  private double[] values = {};
  private Optional<Fault> fault = Optional.empty();

  /** The reason why a line is invalid. */
  record Fault(Problem.Kind kind, String reason) {}

  private LabelLine(Optional<KeypointShape> shape) {
    this.shape = requireNonNull(shape, "shape is null");
  }

  /**
   * Parses a line that is not blank.
   *
   * @param classes the numbers of the known classes
   */
  static LabelLine parse(String text, Set<Integer> classes, Optional<KeypointShape> shape) {
    LabelLine line = new LabelLine(shape);
    line.readValues(text);
    line.checkClass(classes);
    line.checkCount();
    line.checkRange();
    return line;
  }

  Optional<Fault> fault() {
    return fault;
  }

  int classNumber() {
    return (int) values[0];
  }

  /** Whether it has the outline of the object instead of its box. */
  boolean isPolygon() {
    return shape.isEmpty() && values.length > BOX_VALUES;
  }

  /**
   * x, y of each point of the outline, or x, y, width, height of the box, where x, y is the centre.
   */
  double[] coordinates() {
    return Arrays.copyOfRange(values, 1, shape.isPresent() ? BOX_VALUES : values.length);
  }

  /** x, y, visibility of each keypoint; 0 is not labelled, 1 is hidden, 2 is visible. */
  double[] keypoints() {
    if (shape.isEmpty()) {
      return new double[0];
    }
    double[] points = new double[3 * shape.get().count()];
    for (int i = 0; i < shape.get().count(); i++) {
      int at = BOX_VALUES + i * shape.get().values();
      points[3 * i] = values[at];
      points[3 * i + 1] = values[at + 1];
      points[3 * i + 2] =
          shape.get().values() == 3
              ? values[at + 2]
              : isLabelled(values[at], values[at + 1]) ? 2 : 0;
    }
    return points;
  }

  /** Without visibilities, a keypoint that is not labelled is at (0, 0) or has a negative value. */
  private static boolean isLabelled(double x, double y) {
    return x >= 0 && y >= 0 && (x > 0 || y > 0);
  }

  private void readValues(String text) {
    StringTokenizer tokens = new StringTokenizer(text, WHITESPACE);
    int count = tokens.countTokens();
    if (count > MAX_VALUES) {
      fault(Problem.Kind.BAD_VALUE, "it has %d values (at most %d)".formatted(count, MAX_VALUES));
      return;
    }
    values = new double[count];
    for (int i = 0; i < values.length && fault.isEmpty(); i++) {
      String token = tokens.nextToken();
      values[i] = number(token);
      if (!Double.isFinite(values[i])) {
        boolean isNumeric = Double.isInfinite(values[i]) || isNonFinite(token);
        fault(
            isNumeric ? Problem.Kind.NOT_A_NUMBER : Problem.Kind.WRONG_TYPE,
            "value %d is not a %snumber: %s"
                .formatted(i + 1, isNumeric ? "finite " : "", quote(token)));
      }
    }
  }

  /** A number as Python reads it; NaN if it is none. */
  private static double number(String token) {
    for (int i = 0; i < token.length(); i++) {
      if ("0123456789+-.eE".indexOf(token.charAt(i)) < 0) {
        return Double.NaN;
      }
    }
    try {
      return Double.parseDouble(token) + 0.0; // without the sign of zero
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static boolean isNonFinite(String token) {
    return token.matches("(?i)[+-]?(nan|inf|infinity)");
  }

  private static String quote(String token) {
    return '"'
        + (token.length() > LONGEST_QUOTE ? token.substring(0, LONGEST_QUOTE) + "…" : token)
        + '"';
  }

  private void checkClass(Set<Integer> classes) {
    if (fault.isPresent()) {
      return;
    }
    double number = values[0];
    if (number != Math.rint(number) || number < 0) {
      fault(Problem.Kind.WRONG_TYPE, "its class is not an integer from 0: " + text(number));
    } else if (number > Integer.MAX_VALUE || !classes.contains((int) number)) {
      fault(Problem.Kind.UNKNOWN_CATEGORY, "there is no class " + text(number) + " in names");
    }
  }

  private void checkCount() {
    int count = values.length;
    if (shape.isPresent()) {
      int wanted = BOX_VALUES + shape.get().length();
      if (count != wanted) {
        fault(
            Problem.Kind.WRONG_TYPE,
            "it has %d %s, not %d (class, box and %d keypoints of %d values)"
                .formatted(
                    count,
                    count == 1 ? "value" : "values",
                    wanted,
                    shape.get().count(),
                    shape.get().values()));
      }
    } else if (count != BOX_VALUES && (count < SHORTEST_POLYGON || count % 2 == 0)) {
      fault(
          Problem.Kind.WRONG_TYPE,
          "it has %d %s, not 5 (class and box) or an odd number from 7 (class and polygon)"
              .formatted(count, count == 1 ? "value" : "values"));
    }
  }

  private void checkRange() {
    for (int i = 1; i < values.length && fault.isEmpty(); i++) {
      if (isVisibility(i)) {
        if (values[i] != 0 && values[i] != 1 && values[i] != 2) {
          fault(
              Problem.Kind.BAD_VALUE,
              "value %d is a visibility and not 0, 1 or 2: %s".formatted(i + 1, text(values[i])));
        }
      } else if (!(values[i] >= -TOLERANCE && values[i] <= 1 + TOLERANCE)) {
        fault(
            Problem.Kind.BAD_VALUE,
            "value %d is not within 0 to 1: %s".formatted(i + 1, text(values[i])));
      }
    }
  }

  private boolean isVisibility(int index) {
    return shape.isPresent()
        && shape.get().values() == 3
        && index >= BOX_VALUES
        && (index - BOX_VALUES) % 3 == 2;
  }

  private static String text(double number) {
    return number == (long) number ? String.valueOf((long) number) : String.valueOf(number);
  }

  private void fault(Problem.Kind kind, String reason) {
    if (fault.isEmpty()) {
      fault = Optional.of(new Fault(kind, reason));
    }
  }
}
