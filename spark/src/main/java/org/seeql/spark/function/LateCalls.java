package org.seeql.spark.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.seeql.spark.session.ScalaSequences;

/**
 * Moves the calls of {@code SELECT detect(path) … ORDER BY taken LIMIT 10} above the limit, where
 * only ten images remain. In SQL, calls are evaluated before the limit, but the order does not
 * depend on them.
 */
final class LateCalls {
  private LateCalls() {}

  static LogicalPlan afterLimits(LogicalPlan plan) {
    List<LogicalPlan> children = new ArrayList<>();
    ScalaSequences.list(plan.children()).forEach(child -> children.add(afterLimits(child)));
    LogicalPlan node =
        children.equals(ScalaSequences.list(plan.children()))
            ? plan
            : plan.withNewChildren(ScalaSequences.of(children));
    return node instanceof GlobalLimit global && global.child() instanceof LocalLimit local
        ? moved(global, local).orElse(node)
        : node;
  }

  // A function that numbers rows, for example, would number fewer of them
  private static boolean isDetermined(Project project) {
    return ScalaSequences.list(project.expressions()).stream().allMatch(Expression::deterministic);
  }

  private static Optional<LogicalPlan> moved(GlobalLimit global, LocalLimit local) {
    // This projection of Spark removes columns that only the order needs
    Optional<Project> visible =
        local.child() instanceof Project project ? Optional.of(project) : Optional.empty();
    LogicalPlan sorted = visible.map(Project::child).orElse(local.child());
    if (!(sorted instanceof Sort sort)
        || !(sort.child() instanceof Project calling)
        || ImageCalls.of(calling).isEmpty()
        || !isDetermined(calling)) {
      return Optional.empty();
    }
    List<SortOrder> order = new ArrayList<>();
    for (SortOrder by : ScalaSequences.list(sort.order())) {
      SortOrder below = (SortOrder) by.transform(new Definitions(calling));
      if (!ImageCalls.of(below).isEmpty() || !below.deterministic()) {
        return Optional.empty();
      }
      order.add(below);
    }
    LogicalPlan few =
        new GlobalLimit(
            global.limitExpr(),
            new LocalLimit(
                local.limitExpr(),
                new Sort(
                    ScalaSequences.<SortOrder>of(order),
                    sort.global(),
                    calling.child(),
                    sort.hint())));
    LogicalPlan called = new Project(calling.projectList(), few);
    return Optional.of(
        visible.<LogicalPlan>map(v -> new Project(v.projectList(), called)).orElse(called));
  }
}
