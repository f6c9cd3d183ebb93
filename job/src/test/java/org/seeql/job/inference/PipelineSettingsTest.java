package org.seeql.job.inference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.plan.RunOptions;
import org.seeql.udf.batch.PipelineOptions;

class PipelineSettingsTest {
  /** Frames start from the pipeline's defaults, statements and functions from those of options. */
  @Test
  void hasTheDefaultsOfThePipeline() {
    PipelineOptions settings = PipelineSettings.of(RunOptions.parse(OptionSet.NONE));

    // frames return up to five classes per image
    assertThat(settings.withTopClasses(5)).isEqualTo(PipelineOptions.DEFAULT);
  }
}
