package org.seeql.udf.layout;

import java.util.List;

/**
 * A box whose sides need not be horizontal.
 *
 * @param angle from the x axis to the side of length {@code width}, in radians
 */
record RotatedBox(float x, float y, float width, float height, float angle) {

  /** The width of the smallest box with horizontal and vertical sides that contains this one. */
  float hullWidth() {
    return (float) (width * Math.abs(Math.cos(angle)) + height * Math.abs(Math.sin(angle)));
  }

  /** The height of the smallest box with horizontal and vertical sides that contains this one. */
  float hullHeight() {
    return (float) (width * Math.abs(Math.sin(angle)) + height * Math.abs(Math.cos(angle)));
  }

  /**
   * x and y of the four corners: the one with the largest y (of two, that with the larger x), then
   * anticlockwise if y points downwards. This is the order of Ultralytics for an angle of 0 to π/2.
   *
   * @see <a
   *     href="https://github.com/ultralytics/ultralytics/blob/v8.3.0/ultralytics/utils/ops.py#L578">{@code
   *     xywhr2xyxyxyxy}</a>
   */
  List<List<Float>> corners() {
    double quarters = Math.floor(angle / (Math.PI / 2));
    double turn = angle - quarters * (Math.PI / 2);
    boolean isSwapped = quarters % 2 != 0;
    double along = (isSwapped ? height : width) / 2;
    double across = (isSwapped ? width : height) / 2;
    double alongX = along * Math.cos(turn);
    double alongY = along * Math.sin(turn);
    double acrossX = -across * Math.sin(turn);
    double acrossY = across * Math.cos(turn);
    return List.of(
        corner(alongX + acrossX, alongY + acrossY),
        corner(alongX - acrossX, alongY - acrossY),
        corner(-alongX - acrossX, -alongY - acrossY),
        corner(-alongX + acrossX, -alongY + acrossY));
  }

  private List<Float> corner(double dx, double dy) {
    return List.of((float) (x + dx), (float) (y + dy));
  }

  /**
   * The similarity to another box, from 0 to 1: 1 minus the Hellinger distance of the Gaussian
   * distributions with the centres and the shapes of the boxes.
   *
   * @see <a href="https://arxiv.org/abs/2106.06072">Llerena et al., Gaussian Bounding Boxes and
   *     Probabilistic Intersection-over-Union</a>
   */
  float probabilisticIou(RotatedBox other) {
    Covariance a = Covariance.of(this);
    Covariance b = Covariance.of(other);
    Covariance sum = new Covariance(a.xx + b.xx, a.yy + b.yy, a.xy + b.xy);
    double dx = x - other.x;
    double dy = y - other.y;
    double centres =
        (sum.xx * dy * dy + sum.yy * dx * dx - 2 * sum.xy * dx * dy) / (4 * sum.determinant());
    double shapes =
        Math.log(sum.determinant() / (4 * Math.sqrt(a.determinant() * b.determinant()))) / 2;
    double distance = Math.max(0, centres + shapes);
    return (float) (1 - Math.sqrt(1 - Math.exp(-distance)));
  }

  /** Of a uniform distribution over the box. */
  private record Covariance(double xx, double yy, double xy) {
    /** The variance of a uniform distribution over an interval of length 1. */
    private static final double VARIANCE = 1 / 12d;

    /** A box without an area has no distribution. */
    private static final double LEAST = 1e-7;

    static Covariance of(RotatedBox box) {
      double along = VARIANCE * box.width * box.width;
      double across = VARIANCE * box.height * box.height;
      double cos = Math.cos(box.angle);
      double sin = Math.sin(box.angle);
      return new Covariance(
          along * cos * cos + across * sin * sin,
          along * sin * sin + across * cos * cos,
          (along - across) * cos * sin);
    }

    double determinant() {
      return Math.max(LEAST, xx * yy - xy * xy);
    }
  }
}
