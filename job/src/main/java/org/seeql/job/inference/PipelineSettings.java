package org.seeql.job.inference;

import org.seeql.job.model.ModelVariations;
import org.seeql.planner.plan.RunOptions;
import org.seeql.udf.batch.BatchSize;
import org.seeql.udf.batch.PipelineOptions;
import org.seeql.udf.detect.ModelVariation;
import org.seeql.udf.image.ExifRotation;

/** Converts the options of a run to those of the pipeline. */
public final class PipelineSettings {
  private PipelineSettings() {}

  public static PipelineOptions of(RunOptions options) {
    return new PipelineOptions(
        batchSize(options),
        options.confidence(),
        options.iou(),
        options.maxDetections(),
        options.topK(),
        options.exifRotation() ? ExifRotation.APPLY : ExifRotation.IGNORE,
        options.maxPixels(),
        options.variation().map(ModelVariations::of).orElse(ModelVariation.NONE),
        false,
        options.l2Normalize());
  }

  private static BatchSize batchSize(RunOptions options) {
    if (options.batchSize().isEmpty()) {
      return BatchSize.AUTO;
    }
    int images = options.batchSize().getAsInt();
    return options.exactBatch() ? BatchSize.exactly(images) : BatchSize.atMost(images);
  }
}
