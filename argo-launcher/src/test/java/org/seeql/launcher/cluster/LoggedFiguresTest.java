package org.seeql.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LoggedFiguresTest {
  @Test
  void comeFromTheLastProgressLine() {
    String log =
        """
        inferred 40 of 4,000 images (1 %), 20.0 img/s, 3 min 18 s left
        26/11/27 22:57:41 WARN TaskSetManager: Lost task 0.0 in stage 0.0
        inferred 1,200 of 4,000 images (30 %), 41.3 img/s, 1 min 8 s left, 3 failed
        """;

    assertThat(LoggedFigures.of(log))
        .contains(new LoggedFigures(4000, 1200, 3, OptionalDouble.of(41.3)));
  }

  @Test
  void comeFromTheSummaryAfterTheEnd() {
    String log =
        """
        inferred 1,200 of 4,000 images (30 %), 41.3 img/s, 1 min 8 s left
        \u001b[33m!\u001b[0m \u001b[1mrun nightly-2\u001b[0m: 4,000 images through scout in 9.81 s (407.7 img/s while inferring)
          failed  2 images: SELECT path, stage, reason FROM seeql.run_failures WHERE run_id = 'nightly-2'
          rows    301 in demo.found
        """;

    assertThat(LoggedFigures.of(log))
        .contains(new LoggedFigures(4000, 4000, 2, OptionalDouble.of(407.7)));
  }

  @Test
  void haveNoSpeedIfNoImageWasNew() {
    String log = "✓ run nightly-2: 0 images through scout in 1.20 s\n  new     0 of 100 images\n";

    assertThat(LoggedFigures.of(log)).contains(new LoggedFigures(0, 0, 0, OptionalDouble.empty()));
  }

  @Test
  void areEmptyBeforeInferenceStarts() {
    assertThat(LoggedFigures.of("26/11/27 22:57:41 INFO SparkContext: Running Spark\n")).isEmpty();
    assertThat(LoggedFigures.of("")).isEmpty();
  }
}
