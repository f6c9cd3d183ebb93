package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.job.sink.PartitionSink;
import org.seeql.planner.option.DeviceChoice;

/**
 * The settings of a run's task: where it reads and writes, and how it answers images. Serialized to
 * the executors.
 *
 * @param ownerEpoch the fencing token of the driver that started the tasks
 * @param sink where the rows go
 * @param imageRoot an absolute path or a URI
 */
public record RunTaskSettings(
    DatabaseConnector connector,
    long ownerEpoch,
    PartitionSink sink,
    String imageRoot,
    DeviceChoice device,
    PredictionSettings answers)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public RunTaskSettings {
    requireNonNull(connector, "connector is null");
    requireNonNull(sink, "sink is null");
    requireNonNull(imageRoot, "imageRoot is null");
    requireNonNull(device, "device is null");
    requireNonNull(answers, "answers is null");
  }

  public String runId() {
    return answers.runId();
  }

  ResultLayout layout() {
    return answers.layout();
  }
}
