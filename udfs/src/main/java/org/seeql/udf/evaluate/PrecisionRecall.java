package org.seeql.udf.evaluate;

/** The precision-recall curve by COCO's definition. */
final class PrecisionRecall {
  /** Recall values of 0, 0.01, to 1. */
  private static final int POINTS = 101;

  private static final double STEP = 0.01;

  // numpy.spacing(1)
  private static final double SPACING = Math.ulp(1.0);

  private PrecisionRecall() {}

  /**
   * The mean, over 101 recall values, of the maximum precision at that recall or above; 0 for
   * recall values that are not reached.
   *
   * @param byScore the detections, the best first
   * @param bit of the area range and overlap
   * @return 0 to 1; NaN if there is no object
   * @see <a
   *     href="https://github.com/cocodataset/cocoapi/blob/master/PythonAPI/pycocotools/cocoeval.py">
   *     pycocotools, COCOeval.accumulate</a>
   */
  static double average(ClassMatches matches, int[] byScore, long bit, long objects) {
    if (objects == 0) {
      return Double.NaN;
    }
    double[] recalls = new double[byScore.length];
    double[] precisions = new double[byScore.length];
    long right = 0;
    long wrong = 0;
    for (int i = 0; i < byScore.length; i++) {
      right += matches.isRight(byScore[i], bit) ? 1 : 0;
      wrong += matches.isWrong(byScore[i], bit) ? 1 : 0;
      recalls[i] = right / (double) objects;
      precisions[i] = right / (wrong + right + SPACING);
    }
    for (int i = byScore.length - 1; i > 0; i--) {
      precisions[i - 1] = Math.max(precisions[i - 1], precisions[i]);
    }
    double sum = 0;
    int at = 0;
    for (int point = 0; point < POINTS; point++) {
      while (at < recalls.length && recalls[at] < point * STEP) {
        at++;
      }
      sum += at < recalls.length ? precisions[at] : 0;
    }
    return sum / POINTS;
  }
}
