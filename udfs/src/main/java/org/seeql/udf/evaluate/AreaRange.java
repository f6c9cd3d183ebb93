package org.seeql.udf.evaluate;

/**
 * Sizes of objects that COCO tells apart, in pixels of area, both ends included.
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
  private final double least;
  private final double most;

  AreaRange(int place, double least, double most) {
    this.place = place;
    this.least = least;
    this.most = most;
  }

  /** Among the ranges, from 0. */
  int place() {
    return place;
  }

  boolean holds(double area) {
    return area >= least && area <= most;
  }
}
