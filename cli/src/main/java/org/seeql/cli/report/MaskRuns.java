package org.seeql.cli.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Decodes COCO's compressed run lengths.
 *
 * @see <a href="https://github.com/cocodataset/cocoapi/blob/master/common/maskApi.c">maskApi.c,
 *     rleFrString</a>
 */
final class MaskRuns {
  private static final int FIRST_CHARACTER = 48;
  private static final int BITS = 5;
  private static final int VALUE = 0x1f;
  private static final int SIGN = 0x10;
  private static final int CONTINUES = 0x20;

  private MaskRuns() {}

  /**
   * The lengths of the runs, column by column: first pixels outside of the object, then inside, and
   * so on.
   *
   * @throws IllegalArgumentException if the text has another format
   */
  static List<Integer> decode(String counts) {
    List<Integer> runs = new ArrayList<>();
    int at = 0;
    while (at < counts.length()) {
      long value = 0;
      int shift = 0;
      int part;
      do {
        if (at == counts.length() || shift > Integer.SIZE) {
          throw new IllegalArgumentException("incomplete run lengths");
        }
        part = counts.charAt(at++) - FIRST_CHARACTER;
        value |= (long) (part & VALUE) << shift;
        shift += BITS;
      } while ((part & CONTINUES) != 0);
      if ((part & SIGN) != 0) {
        value |= -1L << shift;
      }
      // from the fourth run on, the difference to the run before the last
      long run = runs.size() > 2 ? value + runs.get(runs.size() - 2) : value;
      if (run < 0 || run > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("a negative run length");
      }
      runs.add((int) run);
    }
    return runs;
  }
}
