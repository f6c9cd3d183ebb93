package org.seeql.spark.function;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.seeql.spark.session.ScalaSequences;
import scala.Option;

/** Creates a column that no other node of a plan has. */
final class NewColumn {
  private NewColumn() {}

  static Alias of(Expression value, String name) {
    return new Alias(
        value,
        name,
        NamedExpression$.MODULE$.newExprId(),
        ScalaSequences.of(List.of()),
        Option.empty(),
        ScalaSequences.of(List.of()));
  }
}
