package org.seeql.spark.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.seeql.database.RefusalException;
import org.seeql.spark.session.ScalaSequences;

/** Finds calls in plans. */
final class ImageCalls {
  private ImageCalls() {}

  /** The calls in an expression, inner ones first. */
  static List<ImageCall> of(Expression expression) {
    List<ImageCall> calls = new ArrayList<>();
    ScalaSequences.list(expression.children()).forEach(child -> calls.addAll(of(child)));
    if (expression instanceof ImageCall call) {
      calls.add(call);
    }
    return calls;
  }

  /** The calls in a node, without its children. */
  static List<ImageCall> of(LogicalPlan node) {
    List<ImageCall> calls = new ArrayList<>();
    ScalaSequences.list(node.expressions()).forEach(expression -> calls.addAll(of(expression)));
    return calls;
  }

  /** Whether a node or one below it contains calls. */
  static boolean areBelow(LogicalPlan plan) {
    return !of(plan).isEmpty()
        || ScalaSequences.list(plan.children()).stream().anyMatch(ImageCalls::areBelow);
  }

  /**
   * Refuses calls whose image the rows below a node do not contain. Spark moves conditions of a
   * subquery with columns of the outer query into the condition of the outer node.
   *
   * @throws RefusalException if there is such a call
   */
  static void refuseOuterColumns(LogicalPlan node) {
    for (ImageCall call : of(node)) {
      if (!call.references().subsetOf(node.inputSet())) {
        throw new RefusalException(
            "%s in a subquery cannot use columns of the outer query; join the tables, and call it in the SELECT list or the WHERE clause"
                .formatted(call.sql()));
      }
    }
  }

  static RefusalException misplaced(LogicalPlan node) {
    return new RefusalException(
        "%s cannot be used in %s; call it in the SELECT list or the WHERE clause of a subquery"
            .formatted(of(node).get(0).sql(), node.nodeName().toUpperCase(Locale.ROOT)));
  }
}
