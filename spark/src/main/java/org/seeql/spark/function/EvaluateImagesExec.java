package org.seeql.spark.function;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.AttributeSet$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.seeql.spark.session.ScalaSequences;
import scala.collection.Iterator;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Executes an {@link EvaluateImages} with one {@link EvaluateImagesTask} per partition. */
public final class EvaluateImagesExec extends SparkPlan {
  private static final long serialVersionUID = 1L;

  private final ImageFunction work;
  private final Expression image;
  private final Attribute result;
  private final SparkPlan child;
  private final transient ImageMetrics metrics;

  /**
   * Public, with the product elements as parameters in their order, because Spark copies nodes by
   * reflection.
   */
  public EvaluateImagesExec(
      ImageFunction work, Expression image, Attribute result, SparkPlan child) {
    this.work = requireNonNull(work, "work is null");
    this.image = requireNonNull(image, "image is null");
    this.result = requireNonNull(result, "result is null");
    this.child = requireNonNull(child, "child is null");
    this.metrics = new ImageMetrics(sparkContext());
  }

  @Override
  public RDD<InternalRow> doExecute() {
    JavaRDD<InternalRow> rows = child.execute().toJavaRDD();
    RDD<InternalRow> done =
        rows.mapPartitions(
                new EvaluateImagesTask(work, image, child.output(), output(), metrics), true)
            .rdd();
    // The RDD's name in the stage graph of the Spark UI
    return done.setName("images: " + work);
  }

  @Override
  public scala.collection.immutable.Map<String, SQLMetric> metrics() {
    Map<String, SQLMetric> byName = metrics.byName();
    return scala.collection.immutable.Map.from(CollectionConverters.asScala(byName));
  }

  @Override
  public Seq<Attribute> output() {
    return ScalaSequences.append(child.output(), result);
  }

  @Override
  public AttributeSet producedAttributes() {
    return AttributeSet$.MODULE$.apply(result);
  }

  @Override
  public Partitioning outputPartitioning() {
    return child.outputPartitioning();
  }

  @Override
  public Seq<SortOrder> outputOrdering() {
    return child.outputOrdering();
  }

  @Override
  public Seq<SparkPlan> children() {
    return ScalaSequences.of(List.of(child));
  }

  @Override
  public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> newChildren) {
    return new EvaluateImagesExec(work, image, result, newChildren.head());
  }

  // Shown by EXPLAIN and in the Spark UI
  @Override
  public Iterator<Object> stringArgs() {
    return ScalaSequences.<Object>of(List.of(work.toString(), "of " + image, "as " + result))
        .iterator();
  }

  @Override
  public int productArity() {
    return 4;
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> work;
      case 1 -> image;
      case 2 -> result;
      case 3 -> child;
      default -> throw new IndexOutOfBoundsException(n);
    };
  }

  @Override
  public boolean canEqual(Object that) {
    return that instanceof EvaluateImagesExec;
  }

  @Override
  public boolean equals(Object that) {
    return that instanceof EvaluateImagesExec node
        && work.equals(node.work)
        && image.equals(node.image)
        && result.equals(node.result)
        && child.equals(node.child);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
