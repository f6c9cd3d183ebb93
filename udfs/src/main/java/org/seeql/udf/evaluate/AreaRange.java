package org.seeql.udf.evaluate;

/**
 * The object sizes that COCO distinguishes, as areas in pixels; both ends are inclusive.
 *
 * @see <a
 *     href="https://github.com/cocodataset/cocoapi/blob/master/PythonAPI/pycocotools/cocoeval.py">
 *     pycocotools, Params.setDetParams</a>
 */
public enum AreaRange {
  ALL(0, 0, 1e10),
  SMALL(1, 0, 32 * 32),
  MEDIUM(2, 32 * 32, 96 * 96),
  LARGE(3, 96 * 96, 1e10);

  private final int place;
  private final double min;
  private final double max;

  AreaRange(int place, double min, double max) {
    this.place = place;
    this.min = min;
    this.max = max;
  }

  /** The index among the ranges, from 0. */
  int place() {
    return place;
  }

  boolean holds(double area) {
    return area >= min && area <= max;
  }
}
