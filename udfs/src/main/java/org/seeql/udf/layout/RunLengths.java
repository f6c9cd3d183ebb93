package org.seeql.udf.layout;

/**
 * Encodes runs of pixels as COCO's compressed run lengths: the lengths of alternating runs,
 * beginning with one outside the mask. From the fourth on, a length is stored as its difference to
 * the one before the previous. A number is stored in groups of five bits, the lowest first, each as
 * the character {@code 48 + group}, plus 32 if more groups follow.
 *
 * @see <a href="https://github.com/cocodataset/cocoapi/blob/master/common/maskApi.c">{@code
 *     rleToString}</a>
 */
final class RunLengths {
  private static final int GROUP = 0x1f;
  private static final int GROUP_BITS = 5;
  private static final int SIGN = 0x10;
  private static final int MORE = 0x20;
  private static final int FIRST_CHARACTER = 48;
  private static final int FIRST_DIFFERENCE = 3;

  private final StringBuilder text = new StringBuilder();
  private int written;
  private int previous;
  private int beforePrevious;

  private int end;
  private int start;

  /**
   * Adds pixels of the mask.
   *
   * @param from index of the first pixel, column by column; not before the previous {@code to}
   * @param to index after the last pixel
   */
  void add(int from, int to) {
    if (from > end || from == 0) {
      finishRun();
      write(from - end);
      start = from;
    }
    end = to;
  }

  /** Writes the run of the mask that has not ended yet. */
  private void finishRun() {
    if (end > start) {
      write(end - start);
    }
  }

  /**
   * The encoded runs. Nothing can be added afterwards.
   *
   * @param pixels of the image
   */
  String text(int pixels) {
    finishRun();
    if (end < pixels) {
      write(pixels - end);
    }
    return text.toString();
  }

  private void write(int length) {
    int rest = written >= FIRST_DIFFERENCE ? length - beforePrevious : length;
    boolean more = true;
    while (more) {
      int group = rest & GROUP;
      rest >>= GROUP_BITS;
      more = (group & SIGN) != 0 ? rest != -1 : rest != 0;
      text.append((char) (FIRST_CHARACTER + (more ? group | MORE : group)));
    }
    beforePrevious = previous;
    previous = length;
    written++;
  }
}
