package org.seeql.spark.statement;

import static java.util.Objects.requireNonNull;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;

/** Replaces a {@link SeeqlQuery}, which is always a whole statement, with the plan of its rows. */
public final class SeeqlQueryResolution extends Rule<LogicalPlan> {
  private final SparkSession spark;

  public SeeqlQueryResolution(SparkSession spark) {
    this.spark = requireNonNull(spark, "spark is null");
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return plan instanceof SeeqlQuery query ? query.plan(spark) : plan;
  }
}
