package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.AttemptId;
import org.seeql.database.ledger.FailureRecord;
import org.seeql.database.ledger.PartitionBounds;
import org.seeql.database.ledger.PartitionCommit;
import org.seeql.database.ledger.PartitionRecords;
import org.seeql.database.ledger.PartitionWriter;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.SelectedRow;
import org.seeql.database.ledger.SelectionReader;
import org.seeql.udf.InferenceException;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.model.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes one partition, from the rows of the selection to the commit. All work is done within
 * the call, before Spark sees the outcome, so that no iterator leaves resources open.
 */
public final class PartitionTask implements FlatMapFunction<Iterator<PartitionBounds>, Integer> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(PartitionTask.class);

  private final RunTaskSettings work;

  public PartitionTask(RunTaskSettings work) {
    this.work = requireNonNull(work, "work is null");
  }

  @Override
  public Iterator<Integer> call(Iterator<PartitionBounds> bounds) throws SQLException, IOException {
    List<Integer> partitions = new ArrayList<>();
    while (bounds.hasNext()) {
      PartitionBounds partition = bounds.next();
      run(partition, TaskContext.get());
      partitions.add(partition.id());
    }
    return partitions.iterator();
  }

  private void run(PartitionBounds partition, TaskContext task) throws SQLException, IOException {
    Device device = Devices.choose(work.device(), task);
    if (isCommitted(partition)) {
      return; // an earlier attempt committed it, but Spark did not receive the result
    }
    ImageRoot root = open(work.imageRoot());
    boolean isHashed = work.layout().shape() == ResultLayout.Shape.FEATURES;
    try (SelectionReader rows =
            SelectionReader.open(work.connector(), work.runId(), work.layout(), partition);
        ImageAnswers answers =
            ImageAnswers.open(work.answers(), device, images(rows, root, isHashed))) {
      run(task, partition, answers, device, root);
    }
  }

  private static ImageRoot open(String root) throws IOException {
    try {
      return ImageRoot.open(root);
    } catch (IOException e) {
      if (ImageRoot.isLocal(root)) {
        throw e;
      }
      // The innermost cause does not name the root that could not be reached
      throw new InferenceException(
          "Cannot use the image root %s: %s".formatted(root, ImageLocation.reason(e)), e);
    }
  }

  private boolean isCommitted(PartitionBounds partition) throws SQLException {
    try (DatabaseSession session = DatabaseSession.borrow(work.connector())) {
      return PartitionRecords.requireCommittedOrOwned(
          session, work.runId(), partition.id(), work.ownerEpoch());
    }
  }

  private void run(
      TaskContext task,
      PartitionBounds partition,
      ImageAnswers answers,
      Device device,
      ImageRoot root)
      throws SQLException, IOException {
    AttemptId id = new AttemptId(work.ownerEpoch(), task.taskAttemptId());
    Attempt attempt = new Attempt(task, LiveProgress.of(work.runId()), root);
    try (attempt;
        PartitionWriter writer =
            new PartitionWriter(
                work.connector(),
                work.runId(),
                partition.id(),
                id,
                work.layout(),
                work.sink().open(work.connector(), partition.id(), id))) {
      while (answers.hasNext()) {
        attempt.checkNotKilled();
        writer.keepAlive();
        attempt.write(answers.next(), writer);
      }
      if (attempt.images != partition.rows()) {
        throw new IllegalStateException(
            "partition %d has %d rows, but %d were processed"
                .formatted(partition.id(), partition.rows(), attempt.images));
      }
      attempt.commit(writer, PartitionFigures.of(answers, device, attempt.writeNanos));
      LOG.debug(
          "Partition {} of run {}: {} images, {} failed, {} rows",
          partition.id(),
          work.runId(),
          attempt.images,
          attempt.failed,
          attempt.rows);
    }
  }

  private static Iterator<SelectedImage> images(
      Iterator<SelectedRow> rows, ImageRoot root, boolean isHashed) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public SelectedImage next() {
        return new SelectedImage(
            rows.next(), root, isHashed ? Optional.of(new ContentHash()) : Optional.empty());
      }
    };
  }

  /**
   * Counts the work of one attempt, and subtracts it from the live progress if the attempt fails.
   */
  private static final class Attempt implements AutoCloseable {
    private final TaskContext task;
    private final LiveProgress live;
    private final ImageRoot root;
    private final long start = System.nanoTime();
    private long images;
    private long failed;
    private long rows;
    private long writeNanos;
    private boolean committed;

    Attempt(TaskContext task, LiveProgress live, ImageRoot root) {
      this.task = task;
      this.live = live;
      this.root = root;
    }

    void checkNotKilled() {
      if (task.isInterrupted()) {
        throw new TaskKilledException("the run was cancelled");
      }
    }

    void write(AnsweredImage answered, PartitionWriter writer) throws SQLException, IOException {
      SelectedRow image = answered.image();
      long before = rows;
      long began = System.nanoTime();
      if (answered.failure().isPresent()) {
        Prediction.Failure failure = answered.failure().get();
        writer.fail(
            new FailureRecord(
                image.row(),
                image.idText(),
                image.pathText(),
                failure.stage(),
                failure.reason(),
                image.pathText().flatMap(path -> root.findStateAfter(failure, path))));
        live.failed(image.pathText().orElse("NULL"), failure.reason());
        failed++;
      }
      for (List<Object> row : answered.rows()) {
        writer.write(image, row);
        rows++;
      }
      images++;
      writeNanos += System.nanoTime() - began;
      live.add(1, answered.failure().isPresent() ? 1 : 0, rows - before);
    }

    void commit(PartitionWriter writer, PartitionFigures figures) throws SQLException, IOException {
      long began = System.nanoTime();
      double seconds = (began - start) / 1e9;
      committed =
          writer.commit(new PartitionCommit(images, failed, rows, seconds, figures.toJson()));
      long nanos = System.nanoTime() - began;
      writeNanos += nanos;
      if (committed) {
        WorkListeners.ofJvm().partitionCommitted(images, rows, nanos);
      }
    }

    @Override
    public void close() {
      if (!committed) {
        live.add(-images, -failed, -rows);
      }
    }
  }
}
