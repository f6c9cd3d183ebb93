package org.seeql.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.seeql.job.RunListener;

class StageClockTest {
  @Test
  void listsStepsAfterTheirStage() {
    StageClock clock = new StageClock(RunListener.NONE);

    clock.begin("plan", "m").end("r", "checks passed");
    StageClock.EndedStage inferred = clock.begin("infer", "3 images").end("r", "3 images");
    inferred.step("decode", Duration.ofSeconds(1));
    clock.begin("publish", "t").end("r", "3 rows");

    assertThat(clock.durations().keySet())
        .containsExactly("plan", "infer", "infer.decode", "publish");
    assertThat(clock.durations()).containsEntry("infer.decode", Duration.ofSeconds(1));
  }

  @Test
  void timesOnlyStagesThatHaveEnded() {
    StageClock clock = new StageClock(RunListener.NONE);

    clock.begin("plan", "m");

    assertThat(clock.durations()).isEmpty();
  }
}
