package org.seeql.spark.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/** Splits and joins conjunctions. */
final class Conditions {
  private Conditions() {}

  /** The conditions of a conjunction, in their order. */
  static List<Expression> split(Expression condition) {
    if (condition instanceof And and) {
      List<Expression> all = new ArrayList<>(split(and.left()));
      all.addAll(split(and.right()));
      return all;
    }
    return List.of(condition);
  }

  /** The conjunction of conditions; empty if there is none. */
  static Optional<Expression> join(List<Expression> conditions) {
    return conditions.stream().reduce(And::new);
  }

  /** The rows that satisfy all conditions. */
  static LogicalPlan filter(List<Expression> conditions, LogicalPlan child) {
    return join(conditions).<LogicalPlan>map(all -> new Filter(all, child)).orElse(child);
  }
}
