package org.seeql.spark.function;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.seeql.spark.session.ScalaSequences;

/**
 * Calls over the groups of a GROUP BY, as in {@code SELECT folder, detect(max(path)) … GROUP BY
 * folder}. They process one image per group, not one per row. For one thread.
 */
final class AggregatedCalls {
  private final Aggregate aggregate;
  private final List<NamedExpression> below = new ArrayList<>();

  private AggregatedCalls(Aggregate aggregate) {
    this.aggregate = requireNonNull(aggregate, "aggregate is null");
  }

  /** Whether a call is outside of the aggregate functions. */
  static boolean areIn(Aggregate aggregate) {
    return ScalaSequences.list(aggregate.aggregateExpressions()).stream()
        .anyMatch(new AggregatedCalls(aggregate)::calls);
  }

  /** The same columns, with those calls in a projection over the groups. */
  static Project above(Aggregate aggregate) {
    AggregatedCalls calls = new AggregatedCalls(aggregate);
    List<NamedExpression> columns = new ArrayList<>();
    for (NamedExpression column : ScalaSequences.list(aggregate.aggregateExpressions())) {
      if (calls.calls((Expression) column)) {
        columns.add((NamedExpression) calls.lifted((Expression) column));
      } else {
        calls.below.add(column);
        columns.add(column.toAttribute());
      }
    }
    return new Project(
        ScalaSequences.<NamedExpression>of(columns),
        new Aggregate(
            aggregate.groupingExpressions(),
            ScalaSequences.<NamedExpression>of(calls.below),
            aggregate.child(),
            aggregate.hint()));
  }

  private boolean calls(Object expression) {
    Expression e = (Expression) expression;
    return !isOfGroups(e)
        && (e instanceof ImageCall
            || ScalaSequences.list(e.children()).stream().anyMatch(this::calls));
  }

  private boolean isOfGroups(Expression expression) {
    return expression instanceof AggregateExpression
        || ScalaSequences.list(aggregate.groupingExpressions()).stream()
            .anyMatch(expression::semanticEquals);
  }

  /** Rewrites an expression over the columns of the groups. */
  private Expression lifted(Expression expression) {
    if (isOfGroups(expression)) {
      Alias column = NewColumn.of(expression, "of_group");
      below.add(column);
      return (Expression) column.toAttribute();
    }
    List<Expression> children =
        ScalaSequences.list(expression.children()).stream().map(this::lifted).toList();
    return children.isEmpty()
        ? expression
        : expression.withNewChildren(ScalaSequences.of(children));
  }
}
