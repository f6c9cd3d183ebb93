package org.seeql.udf.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class BatchSizeTunerTest {
  private static final int ENOUGH_CALLS = 200;

  @Test
  void keepsOneIfLargerBatchesAreNotFaster() {
    BatchSizeTuner tuner = new BatchSizeTuner(32);

    Set<Integer> tried = use(tuner, 32, size -> 100);

    assertThat(tuner.next(32)).isEqualTo(1);
    assertThat(tried).containsExactlyInAnyOrder(1, 2, 4);
  }

  @Test
  void growsWhileItBecomesFaster() {
    BatchSizeTuner tuner = new BatchSizeTuner(256);

    use(tuner, 256, size -> 10 + 1000.0 / size);

    // 1000/128 + 10 = 17.8 compared with 1000/256 + 10 = 13.9: each doubling is still faster
    assertThat(tuner.next(256)).isEqualTo(256);
  }

  @Test
  void continuesAfterOneSizeWithoutGain() {
    BatchSizeTuner tuner = new BatchSizeTuner(32);

    use(tuner, 32, size -> size >= 4 ? 50 : 100);

    assertThat(tuner.next(32)).isEqualTo(4);
  }

  @Test
  void usesTheBestSizeThatARunAllows() {
    BatchSizeTuner tuner = new BatchSizeTuner(32);

    use(tuner, 32, size -> 1000.0 / size);

    assertThat(tuner.next(32)).isEqualTo(32);
    assertThat(tuner.next(5)).isEqualTo(4);
    assertThat(tuner.next(1)).isEqualTo(1);
  }

  @Test
  void neverGoesBackToASizeThatDidNotFitIntoMemory() {
    BatchSizeTuner tuner = new BatchSizeTuner(32);
    use(tuner, 32, size -> 1000.0 / size);

    tuner.limit(8);

    assertThat(tuner.next(32)).isEqualTo(8);
  }

  @Test
  void isNotMisledByOneSlowCall() {
    BatchSizeTuner tuner = new BatchSizeTuner(32);
    int[] calls = {0};

    use(tuner, 32, size -> calls[0]++ % 5 == 4 ? 10_000 : 1000.0 / size);

    assertThat(tuner.next(32)).isEqualTo(32);
  }

  private static Set<Integer> use(
      BatchSizeTuner tuner, int max, IntToDoubleFunction millisPerImage) {
    Set<Integer> tried = new HashSet<>();
    for (int i = 0; i < ENOUGH_CALLS; i++) {
      int size = tuner.next(max);
      tried.add(size);
      tuner.recordCall(size, (long) (millisPerImage.applyAsDouble(size) * size * 1e6));
    }
    return tried;
  }
}
