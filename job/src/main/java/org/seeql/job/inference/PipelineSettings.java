package org.seeql.job.inference;

import org.seeql.planner.plan.RunOptions;
import org.seeql.udf.batch.PipelineOptions;
import org.seeql.udf.detect.ModelVariation;
import org.seeql.udf.image.ExifRotation;

/** Converts the options of a run to those of the pipeline. */
public final class PipelineSettings {
  // A fixed seed: the same image gets the same answer in every run and every partition.
  private static final long SEED = 1;

  private PipelineSettings() {}

  public static PipelineOptions of(RunOptions options) {
    return new PipelineOptions(
        options.batchSize().orElse(PipelineOptions.AUTO),
        options.confidence(),
        options.iou(),
        options.maxDetections(),
        options.topK(),
        options.exifRotation() ? ExifRotation.APPLY : ExifRotation.IGNORE,
        options.maxPixels(),
        options
            .variation()
            .map(
                v ->
                    new ModelVariation(
                        v.latency(),
                        v.accuracy(),
                        v.classCoverage().orElse(java.util.Set.of()),
                        SEED))
            .orElse(ModelVariation.NONE));
  }
}
