package org.seeql.spark.function;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.Inner$;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.Option;

/** Calls in the condition of a join. */
final class JoinedCalls {
  private JoinedCalls() {}

  /**
   * The same join without calls. The side that provides the image evaluates the call. If the image
   * needs both sides, the call is evaluated after an inner join.
   *
   * @throws org.seeql.database.RefusalException if the image of an outer join needs both sides
   */
  static LogicalPlan extract(Join join) {
    CallColumns left = new CallColumns(join.left());
    CallColumns right = new CallColumns(join.right());
    List<Expression> conditions = new ArrayList<>();
    List<Expression> afterwards = new ArrayList<>();
    for (Expression condition : Conditions.split(join.condition().get())) {
      boolean both = false;
      for (ImageCall call : ImageCalls.of(condition)) {
        if (call.references().subsetOf(join.left().outputSet())) {
          left.provide(List.of(call));
        } else if (call.references().subsetOf(join.right().outputSet())) {
          right.provide(List.of(call));
        } else {
          both = true;
        }
      }
      Expression answered = condition.transform(left.answers()).transform(right.answers());
      (both ? afterwards : conditions).add(both ? condition : answered);
    }
    if (!afterwards.isEmpty() && join.joinType() != Inner$.MODULE$) {
      throw ImageCalls.misplaced(join);
    }
    LogicalPlan joined =
        new Join(
            left.plan(),
            right.plan(),
            join.joinType(),
            Option.apply(Conditions.join(conditions).orElse(null)),
            join.hint());
    CallColumns over = new CallColumns(joined);
    afterwards.forEach(condition -> over.provide(ImageCalls.of(condition)));
    return Conditions.filter(
        afterwards.stream().map(condition -> condition.transform(over.answers())).toList(),
        over.plan());
  }
}
