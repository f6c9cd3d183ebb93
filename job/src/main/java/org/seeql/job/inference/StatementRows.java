package org.seeql.job.inference;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;
import org.seeql.database.ledger.ResultColumn;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.SelectedRow;
import org.seeql.planner.plan.DeviceChoice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes the rows of a statement lazily from the rows of a frame. They are the rows that the
 * statement would write into its table. A failed image has no rows; the number of failed images is
 * logged.
 */
public final class StatementRows implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(StatementRows.class);

  private final PredictionSettings work;
  private final DeviceChoice device;
  private final String imageRoot;
  private final ImageTally tally;
  private final int id;
  private final int path;
  private final int[] selected;

  /**
   * Creates the function for a frame with these columns.
   *
   * @param imageRoot an absolute path or a URI; empty if paths are absolute
   */
  public StatementRows(
      PredictionSettings work,
      DeviceChoice device,
      String imageRoot,
      ImageTally tally,
      StructType columns) {
    this.work = requireNonNull(work, "work is null");
    this.device = requireNonNull(device, "device is null");
    this.imageRoot = requireNonNull(imageRoot, "imageRoot is null");
    this.tally = requireNonNull(tally, "tally is null");
    this.id = columns.fieldIndex(work.layout().idColumn());
    this.path = columns.fieldIndex(work.layout().pathColumn());
    this.selected =
        work.layout().columns().stream()
            .mapToInt(c -> c.computed() ? -1 : columns.fieldIndex(c.selected()))
            .toArray();
  }

  /** The columns of the computed rows. */
  public static StructType columns(ResultLayout layout, StructType frame) {
    StructType columns = new StructType();
    for (ResultColumn column : layout.columns()) {
      columns =
          column.computed()
              ? columns.add(column.name(), type(column), false)
              : columns.add(
                  column.name(),
                  frame.apply(column.selected()).dataType(),
                  frame.apply(column.selected()).nullable());
    }
    return columns;
  }

  private static DataType type(ResultColumn column) {
    String word = column.type().split("[ (]", 2)[0];
    return switch (word) {
      case "VARCHAR", "JSON" -> DataTypes.StringType;
      case "INT" -> DataTypes.IntegerType;
      case "DOUBLE" -> DataTypes.DoubleType;
      case "BOOLEAN" -> DataTypes.BooleanType;
      case "LONGBLOB" -> DataTypes.BinaryType;
      default -> throw new IllegalArgumentException("no Spark type for " + word);
    };
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) throws IOException {
    TaskContext task = TaskContext.get();
    Answered answered = new Answered(task, new Images(rows, ImageRoot.openOrAnywhere(imageRoot)));
    task.addTaskCompletionListener((TaskCompletionListener) ended -> answered.close());
    return answered;
  }

  /** The images of the input rows. The rows are queued here until their images are answered. */
  private final class Images implements Iterator<SelectedImage> {
    private final Iterator<Row> rows;
    private final ImageRoot root;
    private final Deque<Row> waiting = new ArrayDeque<>();
    private long count;

    Images(Iterator<Row> rows, ImageRoot root) {
      this.rows = rows;
      this.root = root;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public SelectedImage next() {
      Row row = rows.next();
      waiting.add(row);
      return new SelectedImage(new SelectedRow(++count, row.get(id), row.get(path)), root);
    }
  }

  /** The output rows of one task. */
  private final class Answered implements Iterator<Row>, AutoCloseable {
    private final TaskContext task;
    private final Images images;
    private final ImageAnswers answers;
    private final Deque<Row> ready = new ArrayDeque<>();
    private String firstFailure = "";
    private long given;
    private boolean closed;

    Answered(TaskContext task, Images images) {
      this.task = task;
      this.images = images;
      this.answers = ImageAnswers.open(work, Devices.choose(device, task), images);
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && !closed && answers.hasNext()) {
        if (task.isInterrupted()) {
          throw new TaskKilledException("the query was cancelled");
        }
        AnsweredImage answered = answers.next();
        Row image = images.waiting.remove();
        answered.rows().forEach(computed -> ready.add(row(image, computed)));
        if (firstFailure.isEmpty()) {
          answered
              .failure()
              .ifPresent(
                  f ->
                      firstFailure =
                          "'%s': %s"
                              .formatted(answered.image().pathText().orElse("NULL"), f.reason()));
        }
      }
      if (ready.isEmpty()) {
        close();
      }
      return !ready.isEmpty();
    }

    private Row row(Row image, List<Object> computed) {
      Iterator<Object> values = computed.iterator();
      return RowFactory.create(
          Arrays.stream(selected)
              .mapToObj(i -> i < 0 ? value(values.next()) : image.get(i))
              .toArray());
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      given++;
      return ready.remove();
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      answers.close();
      tally.add(answers.times().images(), answers.times().failed(), given, firstFailure);
      if (answers.times().failed() > 0) {
        LOG.warn(
            "{} of {} images failed; the first: {}",
            answers.times().failed(),
            answers.times().images(),
            firstFailure);
      }
    }
  }

  // Converts via the decimal digits, as a database does: a cast would add digits that the float
  // does not have
  private static Object value(Object computed) {
    return computed instanceof Float f ? (Object) Double.valueOf(Float.toString(f)) : computed;
  }
}
