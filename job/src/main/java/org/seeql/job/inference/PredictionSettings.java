package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.udf.batch.PipelineOptions;

/**
 * The settings for turning images into rows. Serialized to the executors.
 *
 * @param runId the run id in the rows
 * @param modelCache a folder of the executor's machine
 * @param cores number of cores of one executor that inference may use, as known to the driver; see
 *     {@code ExecutorCores}
 */
public record PredictionSettings(
    ResultLayout layout,
    String runId,
    ModelAssignment models,
    PipelineOptions options,
    String modelCache,
    int cores)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public PredictionSettings {
    requireNonNull(layout, "layout is null");
    requireNonNull(runId, "runId is null");
    requireNonNull(models, "models is null");
    requireNonNull(options, "options is null");
    requireNonNull(modelCache, "modelCache is null");
    if (cores < 1) {
      throw new IllegalArgumentException("cores is below 1: " + cores);
    }
  }
}
