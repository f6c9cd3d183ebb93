package org.seeql.udf.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PresenceTallyTest {
  private static final int CLASSES = 7;

  @Test
  void countsWhatCountingOneByOneComesTo() {
    Random dice = new Random(1);
    PresenceTally tally = new PresenceTally(CLASSES);
    List<boolean[][]> images = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      boolean[][] image = new boolean[2][CLASSES];
      BitSet labelled = new BitSet();
      BitSet answered = new BitSet();
      for (int c = 0; c < CLASSES; c++) {
        image[0][c] = dice.nextInt(4) == 0;
        image[1][c] = dice.nextInt(3) == 0;
        labelled.set(c, image[0][c]);
        answered.set(c, image[1][c]);
      }
      images.add(image);
      tally.add(labelled, answered);
    }

    List<PresenceCounts> counts = tally.counts();

    for (int c = 0; c < CLASSES; c++) {
      assertThat(counts.get(c))
          .isEqualTo(
              new PresenceCounts(
                  count(images, c, true, true),
                  count(images, c, false, true),
                  count(images, c, true, false),
                  count(images, c, false, false)));
    }
  }

  private static long count(List<boolean[][]> images, int c, boolean shown, boolean answered) {
    return images.stream().filter(i -> i[0][c] == shown && i[1][c] == answered).count();
  }
}
