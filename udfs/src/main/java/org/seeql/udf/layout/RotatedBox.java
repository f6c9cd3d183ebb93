package org.seeql.udf.layout;

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
