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
   * The same join without calls: the side that has the image sees to it; where the image is made of
   * both sides, the rows of an inner join are looked at afterwards.
   *
   * @throws org.seeql.database.RefusalException for an image of both sides of an outer join
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
