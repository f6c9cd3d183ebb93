package org.seeql.spark.function;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.types.BinaryType;
import org.seeql.job.inference.ImageRoot;
import org.seeql.spark.frame.ImageBytes;
import org.seeql.spark.session.ScalaSequences;
import scala.collection.immutable.Seq;

/** Adds the results of images to the rows of one partition. */
final class EvaluateImagesTask implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  private static final long serialVersionUID = 1L;

  private final ImageFunction work;
  private final Expression image;
  private final Seq<Attribute> input;
  private final Seq<Attribute> output;
  private final ImageMetrics metrics;

  /**
   * Creates the task.
   *
   * @param image the path or the bytes, over the input's columns
   * @param output the input's columns and the result
   */
  EvaluateImagesTask(
      ImageFunction work,
      Expression image,
      Seq<Attribute> input,
      Seq<Attribute> output,
      ImageMetrics metrics) {
    this.work = requireNonNull(work, "work is null");
    this.image = requireNonNull(image, "image is null");
    this.input = requireNonNull(input, "input is null");
    this.output = requireNonNull(output, "output is null");
    this.metrics = requireNonNull(metrics, "metrics is null");
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) throws IOException {
    UnsafeProjection joined =
        UnsafeProjection$.MODULE$.create(ScalaSequences.of(ScalaSequences.list(output)), output);
    JoinedRow row = new JoinedRow();
    InternalRow nothing = CatalystValues.row((Object) null);
    Iterator<ImageFunction.Done> done =
        work.start(TaskContext.get(), copies(rows), images(), metrics);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return done.hasNext();
      }

      @Override
      public InternalRow next() {
        ImageFunction.Done next = done.next();
        metrics.row();
        InternalRow result = next.result().map(r -> CatalystValues.row(r)).orElse(nothing);
        return joined.apply(row.apply(next.row(), result));
      }
    };
  }

  // The engine reuses a row when the next one is requested, but here rows wait for their images
  private static Iterator<InternalRow> copies(Iterator<InternalRow> rows) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public InternalRow next() {
        return rows.next().copy();
      }
    };
  }

  private Function<InternalRow, Optional<ImageBytes>> images() throws IOException {
    UnsafeProjection value =
        UnsafeProjection$.MODULE$.create(ScalaSequences.of(List.of(image)), input);
    value.initialize(TaskContext.getPartitionId());
    boolean isContent = image.dataType() instanceof BinaryType;
    ImageRoot root = ImageRoot.openOrAnywhere(work.imageDir());
    return row -> {
      InternalRow found = value.apply(row);
      if (found.isNullAt(0)) {
        return Optional.empty();
      }
      if (isContent) {
        return Optional.of(ImageBytes.of(found.getBinary(0)));
      }
      String path = found.getUTF8String(0).toString();
      return Optional.of(() -> root.image(path));
    };
  }
}
