package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.job.sink.PartitionSink;
import org.seeql.planner.option.DeviceChoice;
import org.seeql.udf.batch.PipelineOptions;

/**
 * The settings of a run's task. Serialized to the executors.
 *
 * @param ownerEpoch the fencing token of the driver that started the tasks
 * @param sink where the rows go
 * @param imageRoot an absolute path or a URI
 * @param modelCache a folder of the executor's machine
 * @param cores number of cores of one executor that inference may use, as known to the driver; see
 *     {@code ExecutorCores}
 */
public record RunTaskSettings(
    DatabaseConnector connector,
    String runId,
    long ownerEpoch,
    PartitionSink sink,
    ResultLayout layout,
    ModelAssignment models,
    PipelineOptions options,
    DeviceChoice device,
    String imageRoot,
    String modelCache,
    int cores)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public RunTaskSettings {
    requireNonNull(connector, "connector is null");
    requireNonNull(runId, "runId is null");
    requireNonNull(sink, "sink is null");
    requireNonNull(layout, "layout is null");
    requireNonNull(models, "models is null");
    requireNonNull(options, "options is null");
    requireNonNull(device, "device is null");
    if (cores < 1) {
      throw new IllegalArgumentException("cores is below 1: " + cores);
    }
  }

  /** The settings for answering images. */
  PredictionSettings answers() {
    return new PredictionSettings(layout, runId, models, options, modelCache, cores);
  }
}
