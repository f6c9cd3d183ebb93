package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.seeql.job.jdbc.DatabaseSession;
import org.seeql.job.jdbc.FailureRecord;
import org.seeql.job.jdbc.PartitionBounds;
import org.seeql.job.jdbc.PartitionCommit;
import org.seeql.job.jdbc.PartitionRecords;
import org.seeql.job.jdbc.PartitionWriter;
import org.seeql.job.jdbc.SelectedRow;
import org.seeql.job.jdbc.SelectionReader;
import org.seeql.job.model.ModelCache;
import org.seeql.udf.batch.CloseableIterator;
import org.seeql.udf.batch.ImageResult;
import org.seeql.udf.batch.InferencePipeline;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.batch.StageTimes;
import org.seeql.udf.model.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition from the selection's rows to the commit. All of it happens in the call, before
 * Spark sees the outcome: nothing is left open behind an iterator.
 */
public final class PartitionTask
    implements FlatMapFunction<Iterator<PartitionBounds>, PartitionOutcome> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(PartitionTask.class);

  private final InferenceWork work;

  public PartitionTask(InferenceWork work) {
    this.work = requireNonNull(work, "work is null");
  }

  @Override
  public Iterator<PartitionOutcome> call(Iterator<PartitionBounds> bounds)
      throws SQLException, IOException {
    List<PartitionOutcome> outcomes = new ArrayList<>();
    while (bounds.hasNext()) {
      outcomes.add(run(bounds.next(), TaskContext.get()));
    }
    return outcomes.iterator();
  }

  private PartitionOutcome run(PartitionBounds partition, TaskContext task)
      throws SQLException, IOException {
    Device device = Devices.choose(work.device(), task);
    if (isCommitted(partition)) {
      // an earlier attempt did, and its answer got lost
      return outcome(partition, new StageTimes(), "", device, 0);
    }
    ImageRoot root = ImageRoot.open(work.imageRoot());
    ModelCache cache = new ModelCache(Path.of(work.modelCache()));
    try (PipelineRegistry.Lease lease =
            PipelineRegistry.ofJvm().acquire(work.model(), device, cache, work.cores());
        SelectionReader rows =
            SelectionReader.open(work.connector(), work.runId(), work.layout(), partition)) {
      return run(task, partition, rows, root, lease.pipeline());
    }
  }

  private boolean isCommitted(PartitionBounds partition) throws SQLException {
    try (DatabaseSession session = DatabaseSession.open(work.connector())) {
      return PartitionRecords.isCommitted(session, work.runId(), partition.id());
    }
  }

  private PartitionOutcome run(
      TaskContext task,
      PartitionBounds partition,
      Iterator<SelectedRow> rows,
      ImageRoot root,
      InferencePipeline pipeline)
      throws SQLException {
    Attempt attempt = new Attempt(task, LiveProgress.of(work.runId()));
    StageTimes times = new StageTimes();
    RowEncoder encoder = new RowEncoder(work.layout(), work.runId(), work.model().name());
    try (attempt;
        PartitionWriter writer =
            new PartitionWriter(
                work.connector(), work.runId(), partition.id(), work.target(), work.layout());
        CloseableIterator<ImageResult<SelectedImage>> results =
            pipeline.run(images(rows, root), work.options(), times)) {
      while (results.hasNext()) {
        attempt.checkNotKilled();
        attempt.write(results.next(), encoder, writer);
      }
      if (attempt.images != partition.rows()) {
        throw new IllegalStateException(
            "partition %d has %d rows, and %d came through"
                .formatted(partition.id(), partition.rows(), attempt.images));
      }
      attempt.commit(writer);
      LOG.debug(
          "Partition {} of run {}: {} images, {} failed, {} rows",
          partition.id(),
          work.runId(),
          attempt.images,
          attempt.failed,
          attempt.rows);
    }
    return outcome(
        partition,
        times,
        pipeline.model().engine().toString(),
        pipeline.model().device(),
        attempt.writeNanos);
  }

  private static Iterator<SelectedImage> images(Iterator<SelectedRow> rows, ImageRoot root) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public SelectedImage next() {
        return new SelectedImage(rows.next(), root);
      }
    };
  }

  private static PartitionOutcome outcome(
      PartitionBounds partition, StageTimes times, String engine, Device device, long writeNanos) {
    return new PartitionOutcome(
        partition.id(),
        times.batchSize(),
        engine,
        device.toString(),
        times.read(),
        times.decode(),
        times.inference(),
        times.postprocess(),
        Duration.ofNanos(writeNanos));
  }

  /** Counts what one attempt does, and takes it back from the live figures if it fails. */
  private static final class Attempt implements AutoCloseable {
    private final TaskContext task;
    private final LiveProgress live;
    private final long start = System.nanoTime();
    private long images;
    private long failed;
    private long rows;
    private long writeNanos;
    private boolean committed;

    Attempt(TaskContext task, LiveProgress live) {
      this.task = task;
      this.live = live;
    }

    void checkNotKilled() {
      if (task.isInterrupted()) {
        throw new TaskKilledException("the run was cancelled");
      }
    }

    void write(ImageResult<SelectedImage> result, RowEncoder encoder, PartitionWriter writer)
        throws SQLException {
      SelectedRow image = result.source().selected();
      long before = rows;
      long began = System.nanoTime();
      boolean isFailure = result.prediction() instanceof Prediction.Failure;
      if (result.prediction() instanceof Prediction.Failure failure) {
        writer.fail(
            new FailureRecord(
                image.row(), image.idText(), image.pathText(), failure.stage(), failure.reason()));
        live.failed(image.pathText().orElse("NULL"), failure.reason());
        failed++;
      } else {
        for (List<Object> row : encoder.encode(result.prediction())) {
          writer.write(image.row(), image.id(), image.path(), row);
          rows++;
        }
      }
      images++;
      writeNanos += System.nanoTime() - began;
      live.add(1, isFailure ? 1 : 0, rows - before);
    }

    void commit(PartitionWriter writer) throws SQLException {
      long began = System.nanoTime();
      double seconds = (began - start) / 1e9;
      committed =
          writer.commit(new PartitionCommit(task.taskAttemptId(), images, failed, rows, seconds));
      writeNanos += System.nanoTime() - began;
    }

    @Override
    public void close() {
      if (!committed) {
        live.add(-images, -failed, -rows);
      }
    }
  }
}
