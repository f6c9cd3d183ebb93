package org.seeql.spark.function;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.optimizer.ColumnPruning$;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.seeql.spark.session.ScalaSequences;
import org.seeql.spark.session.SparkErrors;
import scala.collection.immutable.Seq;

/**
 * Moves calls of image functions out of expressions into nodes that process the rows of a partition
 * as a stream. A call that occurs several times is evaluated once. In a WHERE, conditions without
 * images are evaluated first. Calls follow in the order in which they are written, so that a later
 * call processes only the remaining rows.
 */
final class ExtractImageCalls extends Rule<LogicalPlan> {
  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return ImageCalls.areBelow(plan)
        ? SparkErrors.translating(() -> pruned(extracted(prepared(plan))))
        : plan;
  }

  private static LogicalPlan prepared(LogicalPlan plan) {
    return InputFiles.askedBelowCalls(LateCalls.afterLimits(plan));
  }

  // Data Source V2 relations receive the required columns right after this rule, and only once
  private static LogicalPlan pruned(LogicalPlan plan) {
    return ColumnPruning$.MODULE$.apply(plan);
  }

  private static LogicalPlan extracted(LogicalPlan plan) {
    List<LogicalPlan> children = new ArrayList<>();
    ScalaSequences.list(plan.children()).forEach(child -> children.add(extracted(child)));
    LogicalPlan node =
        children.equals(ScalaSequences.list(plan.children()))
            ? plan
            : plan.withNewChildren(ScalaSequences.of(children));
    return withoutCalls(node);
  }

  private static LogicalPlan withoutCalls(LogicalPlan node) {
    if (ImageCalls.of(node).isEmpty()) {
      return node;
    }
    ImageCalls.refuseOuterColumns(node);
    LogicalPlan done;
    if (node instanceof Aggregate aggregate && AggregatedCalls.areIn(aggregate)) {
      Project above = AggregatedCalls.above(aggregate);
      done =
          general(above.withNewChildren(ScalaSequences.of(List.of(withoutCalls(above.child())))));
    } else if (node instanceof Filter filter) {
      done = filter(filter);
    } else if (node instanceof Join join) {
      done = JoinedCalls.extract(join);
    } else if (node.children().size() == 1) {
      done = general(node);
    } else {
      throw ImageCalls.misplaced(node);
    }
    return sameColumns(done, node);
  }

  private static LogicalPlan general(LogicalPlan node) {
    CallColumns columns = new CallColumns(node.children().head());
    columns.provide(ImageCalls.of(node));
    LogicalPlan over = node.withNewChildren(ScalaSequences.of(List.of(columns.plan())));
    return over.transformExpressions(columns.answers());
  }

  private static LogicalPlan filter(Filter filter) {
    List<Expression> plain = new ArrayList<>();
    List<Expression> calling = new ArrayList<>();
    for (Expression condition : Conditions.split(filter.condition())) {
      (ImageCalls.of(condition).isEmpty() ? plain : calling).add(condition);
    }
    LogicalPlan plan = Conditions.filter(plain, filter.child());
    for (Expression condition : calling) {
      CallColumns columns = new CallColumns(plan);
      columns.provide(ImageCalls.of(condition));
      plan = new Filter(condition.transform(columns.answers()), columns.plan());
    }
    return plan;
  }

  /** Projects a plan to the columns that a node had before. */
  static LogicalPlan sameColumns(LogicalPlan done, LogicalPlan before) {
    if (done.output().equals(before.output())) {
      return done;
    }
    List<NamedExpression> columns = new ArrayList<>(ScalaSequences.list(before.output()));
    Seq<NamedExpression> kept = ScalaSequences.of(columns);
    return new Project(kept, done);
  }
}
