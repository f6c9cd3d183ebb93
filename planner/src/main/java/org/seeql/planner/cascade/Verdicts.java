package org.seeql.planner.cascade;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The verdicts of a plan's rungs on the rows of a half.
 *
 * @param byRung by variable, rung and row: {@link #NO}, {@link #YES} or {@link #UNSURE}
 */
@SuppressWarnings("ArrayRecordComponent") // read in inner loops
record Verdicts(byte[][][] byRung) {
  static final byte NO = 0;
  static final byte YES = 1;
  static final byte UNSURE = 2;

  /**
   * @param models by variable and rung
   * @param ladders by variable
   */
  static Verdicts of(Half half, int[][] models, List<List<Rung>> ladders) {
    byte[][][] byRung = new byte[ladders.size()][][];
    for (int variable = 0; variable < byRung.length; variable++) {
      byRung[variable] = new byte[ladders.get(variable).size()][];
      for (int rung = 0; rung < byRung[variable].length; rung++) {
        Rung values = ladders.get(variable).get(rung);
        byRung[variable][rung] =
            of(half.scores()[variable][models[variable][rung]], values.noBelow(), values.yesFrom());
      }
    }
    return new Verdicts(byRung);
  }

  static byte[] of(double[] scores, double noBelow, double yesFrom) {
    byte[] verdicts = new byte[scores.length];
    for (int row = 0; row < scores.length; row++) {
      verdicts[row] = scores[row] >= yesFrom ? YES : scores[row] < noBelow ? NO : UNSURE;
    }
    return verdicts;
  }

  /** The verdict of the rungs from the first to before the last; unsure if all of them are. */
  byte of(int variable, int from, int to, int row) {
    byte[][] rungs = byRung[variable];
    for (int rung = from; rung < to; rung++) {
      if (rungs[rung][row] != UNSURE) {
        return rungs[rung][row];
      }
    }
    return UNSURE;
  }

  /** The answers of whole ladders, as sets of rows that are answered with yes, by variable. */
  long[][] answers(int rows) {
    return IntStream.range(0, byRung.length)
        .mapToObj(
            variable -> {
              long[] answers = RowSet.empty(rows);
              for (int row = 0; row < rows; row++) {
                if (of(variable, 0, byRung[variable].length, row) == YES) {
                  RowSet.add(answers, row);
                }
              }
              return answers;
            })
        .toArray(long[][]::new);
  }
}
