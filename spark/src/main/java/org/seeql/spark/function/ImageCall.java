package org.seeql.spark.function;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Unevaluable;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.DataType;
import org.seeql.spark.session.ScalaSequences;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * A call of an image function in a query. It cannot be evaluated itself: {@link ExtractImageCalls}
 * replaces it with the result of an {@link EvaluateImages} below it.
 */
public final class ImageCall extends Expression implements Unevaluable {
  private static final long serialVersionUID = 1L;

  private final Expression image;
  private final ImageFunction work;
  private final ImageAnswer answer;

  /**
   * Public, with the product elements as parameters in their order, because Spark copies nodes by
   * reflection.
   */
  public ImageCall(Expression image, ImageFunction work, ImageAnswer answer) {
    this.image = requireNonNull(image, "image is null");
    this.work = requireNonNull(work, "work is null");
    this.answer = requireNonNull(answer, "answer is null");
  }

  ImageFunction work() {
    return work;
  }

  ImageAnswer answer() {
    return answer;
  }

  Expression image() {
    return image;
  }

  @Override
  public Seq<Expression> children() {
    return ScalaSequences.of(List.of(image));
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> newChildren) {
    return new ImageCall(newChildren.head(), work, answer);
  }

  @Override
  public DataType dataType() {
    return answer.type(work);
  }

  @Override
  public boolean nullable() {
    return true;
  }

  // Not constant even if the path is: a task must read the file
  @Override
  public boolean foldable() {
    return false;
  }

  @Override
  public Object eval(InternalRow input) {
    throw misplaced();
  }

  @Override
  public ExprCode doGenCode(CodegenContext ctx, ExprCode ev) {
    throw misplaced();
  }

  private IllegalStateException misplaced() {
    return new IllegalStateException(
        "%s cannot be called here; call it in the SELECT list or the WHERE clause of a subquery"
            .formatted(sql()));
  }

  @Override
  public String prettyName() {
    return answer.function();
  }

  @Override
  public String sql() {
    return answer.function()
        + "("
        + image.sql()
        + answer.argument().map(a -> ", " + a).orElse("")
        + ")";
  }

  @Override
  public String toString() {
    return answer.function()
        + "("
        + image
        + answer.argument().map(a -> ", " + a).orElse("")
        + ", "
        + work
        + ")";
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> image;
      case 1 -> work;
      case 2 -> answer;
      default -> throw new IndexOutOfBoundsException(n);
    };
  }

  @Override
  public boolean canEqual(Object that) {
    return that instanceof ImageCall;
  }

  @Override
  public boolean equals(Object that) {
    return that instanceof ImageCall call
        && image.equals(call.image)
        && work.equals(call.work)
        && answer.equals(call.answer);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }
}
