package org.seeql.spark.statement;

import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.seeql.planner.statement.Statement;
import org.seeql.spark.session.ScalaSequences;
import org.seeql.spark.session.SparkErrors;
import scala.collection.immutable.Seq;

/**
 * A statement whose rows are shown. It exists between Spark's parser and analyzer; the analyzer
 * replaces it with the plan of the rows.
 */
public final class SeeqlQuery extends SeeqlNode {
  private static final long serialVersionUID = 1L;

  public SeeqlQuery(Statement statement, SelectionSource source) {
    super(statement, source);
  }

  /** The plan of the rows. */
  LogicalPlan plan(SparkSession spark) {
    return SparkErrors.translating(
        () ->
            ((org.apache.spark.sql.classic.Dataset<?>)
                    StatementRun.shown(spark, statement(), source()))
                .queryExecution()
                .analyzed());
  }

  @Override
  public boolean resolved() {
    return false;
  }

  @Override
  public Seq<Attribute> output() {
    return ScalaSequences.of(List.of());
  }
}
