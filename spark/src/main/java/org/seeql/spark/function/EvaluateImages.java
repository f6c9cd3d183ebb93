package org.seeql.spark.function;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeMap$;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.AttributeSet$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Statistics;
import org.apache.spark.sql.types.Metadata;
import org.seeql.spark.session.ScalaSequences;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.math.BigInt;

/** The rows of a child with one additional column: the results of their images. */
public final class EvaluateImages extends LogicalPlan {
  private static final long serialVersionUID = 1L;

  private final ImageFunction work;
  private final Expression image;
  private final Attribute result;
  private final LogicalPlan child;

  /**
   * Public, with the product elements as parameters in their order, because Spark copies nodes by
   * reflection.
   */
  public EvaluateImages(ImageFunction work, Expression image, Attribute result, LogicalPlan child) {
    this.work = requireNonNull(work, "work is null");
    this.image = requireNonNull(image, "image is null");
    this.result = requireNonNull(result, "result is null");
    this.child = requireNonNull(child, "child is null");
  }

  /** Creates a node with a new result column. */
  static EvaluateImages over(LogicalPlan child, ImageFunction work, Expression image) {
    Attribute result =
        new AttributeReference(
            "image_result",
            work.result(),
            true,
            Metadata.empty(),
            NamedExpression$.MODULE$.newExprId(),
            ScalaSequences.of(List.of()));
    return new EvaluateImages(work, image, result, child);
  }

  ImageFunction work() {
    return work;
  }

  Expression image() {
    return image;
  }

  Attribute result() {
    return result;
  }

  LogicalPlan child() {
    return child;
  }

  @Override
  public Seq<Attribute> output() {
    return ScalaSequences.append(child.output(), result);
  }

  // By their size, Spark would often broadcast these rows. But they take long to compute, and a
  // broadcast would time out.
  @Override
  public Statistics stats() {
    BigInt size = child.stats().sizeInBytes().max(BigInt.apply(child.conf().defaultSizeInBytes()));
    return new Statistics(size, Option.empty(), AttributeMap$.MODULE$.empty(), false);
  }

  @Override
  public AttributeSet producedAttributes() {
    return AttributeSet$.MODULE$.apply(result);
  }

  @Override
  public Seq<LogicalPlan> children() {
    return ScalaSequences.of(List.of(child));
  }

  @Override
  public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> newChildren) {
    return new EvaluateImages(work, image, result, newChildren.head());
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
    return that instanceof EvaluateImages;
  }

  @Override
  public boolean equals(Object that) {
    return that instanceof EvaluateImages node
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
