package org.seeql.spark.function;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.seeql.spark.session.ScalaSequences;
import scala.PartialFunction;
import scala.runtime.AbstractPartialFunction;

/** Adds result columns for calls to a plan; equal calls share a column. For one thread. */
final class CallColumns {
  private final Map<Key, Attribute> found = new HashMap<>();
  private LogicalPlan plan;

  CallColumns(LogicalPlan plan) {
    this.plan = requireNonNull(plan, "plan is null");
  }

  /** Calls with equal keys share a column. */
  private record Key(ImageFunction work, Expression image) {
    static Key of(ImageCall call) {
      return of(call.work(), call.image());
    }

    static Key of(ImageFunction work, Expression image) {
      return new Key(work, image.canonicalized());
    }
  }

  /** Adds a column for each call, inner calls first. */
  void provide(List<ImageCall> calls) {
    for (ImageCall call : calls) {
      Key key = Key.of(call);
      if (!found.containsKey(key)) {
        Expression image = call.image().transform(answers());
        Offer offer =
            offer(plan, call.work(), image)
                .orElseGet(() -> Offer.of(EvaluateImages.over(plan, call.work(), image)));
        plan = offer.plan();
        found.put(key, offer.result());
      }
    }
  }

  /** The plan with all columns so far. */
  LogicalPlan plan() {
    return plan;
  }

  /** Replaces calls that have a column. */
  PartialFunction<Expression, Expression> answers() {
    Map<Key, Attribute> known = Map.copyOf(found);
    return new AbstractPartialFunction<>() {
      @Override
      public boolean isDefinedAt(Expression expression) {
        return expression instanceof ImageCall call && known.containsKey(Key.of(call));
      }

      @Override
      public Expression apply(Expression expression) {
        ImageCall call = (ImageCall) expression;
        return call.answer().of(known.get(Key.of(call)));
      }
    };
  }

  /** A plan that contains the column. */
  private record Offer(LogicalPlan plan, Attribute result) {
    static Offer of(EvaluateImages node) {
      return new Offer(node, node.result());
    }
  }

  /** Reuses the column of an equal node further below, if there is one. */
  private static Optional<Offer> offer(LogicalPlan plan, ImageFunction work, Expression image) {
    if (plan instanceof EvaluateImages node
        && Key.of(node.work(), node.image()).equals(Key.of(work, image))) {
      return Optional.of(Offer.of(node));
    }
    if (plan instanceof Project project) {
      return offer(project.child(), work, image.transform(new Definitions(project)))
          .map(o -> new Offer(withColumn(project, o), o.result()));
    }
    boolean passesOn =
        plan.children().size() == 1 && plan.output().startsWith(plan.children().head().output(), 0);
    // A node over groups has the columns of their rows, but not the new column
    return passesOn
        ? offer(plan.children().head(), work, image)
            .map(
                o ->
                    new Offer(
                        plan.withNewChildren(ScalaSequences.of(List.of(o.plan()))), o.result()))
            .filter(o -> o.plan().outputSet().contains(o.result()))
        : Optional.empty();
  }

  private static Project withColumn(Project project, Offer offer) {
    List<NamedExpression> columns = new ArrayList<>(ScalaSequences.list(project.projectList()));
    boolean there =
        columns.stream()
            .anyMatch(c -> c instanceof Attribute a && a.exprId().equals(offer.result().exprId()));
    if (!there) {
      columns.add(offer.result());
    }
    return new Project(ScalaSequences.<NamedExpression>of(columns), offer.plan());
  }
}
