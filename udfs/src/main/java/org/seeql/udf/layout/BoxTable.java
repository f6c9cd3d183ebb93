package org.seeql.udf.layout;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;

/** Rows of final boxes, one after the other for all images. */
final class BoxTable {
  /** Rows with a lower score are not detections, and their other values prove nothing. */
  private static final float LEAST_SCORE = 1e-6f;

  /** The order of the values in a row. Further values can follow. */
  enum Order {
    /** Four values of the box, score, class id. */
    BOX_FIRST(0, 4),
    /** Index of the image, four values of the box, class id, score. */
    IMAGE_FIRST(1, 6);

    private static final int CLASS_ID = 5;

    private final int box;
    private final int score;

    Order(int box, int score) {
      this.box = box;
      this.score = score;
    }
  }

  /** The meaning of the four values of a box. */
  enum BoxKind {
    CORNERS,
    CENTRED
  }

  private final FloatBuffer values;
  private final Order order;
  private final int columns;
  private final int rows;

  /** The last axis of the tensor contains the values of a row. */
  BoxTable(OutputTensor tensor, Order order) {
    this.values = tensor.values();
    this.order = order;
    this.columns = tensor.size(tensor.shape().size() - 1);
    this.rows = tensor.count() / columns;
  }

  int rows() {
    return rows;
  }

  float value(int row, int column) {
    return values.get(row * columns + column);
  }

  /** One of the four values of the box. */
  float box(int row, int index) {
    return value(row, order.box + index);
  }

  float score(int row) {
    return value(row, order.score);
  }

  float classId(int row) {
    return value(row, Order.CLASS_ID);
  }

  /** Whether a row is a detection with at least that confidence. */
  boolean isAbove(int row, float confidence) {
    return score(row) >= confidence && score(row) > 0;
  }

  /** The detections of a sample, with the reason why they cannot be detections. */
  static final class Rows {
    private final BoxKind kind;
    private int count;
    private float smallest;
    private float largest;
    private boolean inverted;
    private Optional<String> problem = Optional.empty();

    private Rows(BoxKind kind) {
      this.kind = kind;
    }

    static Rows of(List<BoxTable> runs, BoxKind kind) {
      Rows rows = new Rows(kind);
      runs.forEach(rows::add);
      return rows;
    }

    /** The number of detections. */
    int count() {
      return count;
    }

    /** The largest coordinate of a box. */
    float largest() {
      return largest;
    }

    /** The smallest coordinate of a box; at most 0. */
    float smallest() {
      return smallest;
    }

    /** Whether a box is certainly not given by its corners. */
    boolean isInverted() {
      return inverted;
    }

    /** Why the rows cannot be detections. */
    Optional<String> problem() {
      return problem;
    }

    private void add(BoxTable table) {
      for (int row = 0; row < table.rows; row++) {
        float score = table.score(row);
        if (!(score >= 0 && score <= 1)) {
          problem = Optional.of("the score of a row would be %.3g".formatted(score));
        } else if (score > LEAST_SCORE) {
          add(table, row);
        }
      }
    }

    private void add(BoxTable table, int row) {
      checkIndex("class id", table.classId(row));
      if (table.order == Order.IMAGE_FIRST) {
        checkIndex("index of the image", table.value(row, 0));
      }
      for (int axis = 0; axis < 2; axis++) {
        float first = table.box(row, axis);
        float second = table.box(row, axis + 2);
        if (!(second >= (kind == BoxKind.CORNERS ? first : 0))) {
          problem =
              Optional.of(
                  kind == BoxKind.CORNERS
                      ? "a box would extend from %.3g to %.3g".formatted(first, second)
                      : "the size of a box would be %.3g".formatted(second));
        }
        inverted |= second < first;
        smallest = Math.min(smallest, first);
        largest = Math.max(largest, kind == BoxKind.CORNERS ? second : first);
      }
      count++;
    }

    private void checkIndex(String name, float index) {
      if (index != Math.rint(index) || index < 0) {
        problem = Optional.of("the %s of a row would be %.3g".formatted(name, index));
      }
    }
  }
}
