package org.seeql.spark.function;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.seeql.spark.session.ScalaSequences;
import scala.runtime.AbstractPartialFunction;

/** Replaces references to the columns of a projection with their definitions over its child. */
final class Definitions extends AbstractPartialFunction<Expression, Expression> {
  private final Map<Long, Expression> ofColumn = new HashMap<>();

  Definitions(Project project) {
    for (NamedExpression column : ScalaSequences.list(project.projectList())) {
      if (column instanceof Alias alias) {
        ofColumn.put(alias.exprId().id(), alias.child());
      }
    }
  }

  @Override
  public boolean isDefinedAt(Expression expression) {
    return expression instanceof Attribute column && ofColumn.containsKey(column.exprId().id());
  }

  @Override
  public Expression apply(Expression expression) {
    return ofColumn.get(((Attribute) expression).exprId().id());
  }
}
