package org.seeql.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Reads the metrics of executed queries. */
final class SparkPlans {
  private SparkPlans() {}

  /** A metric, summed over the nodes that have it. */
  static long metric(Dataset<?> frame, String name) {
    return nodes(frame.queryExecution().executedPlan()).stream()
        .map(node -> node.metrics().get(name))
        .filter(Option::isDefined)
        .mapToLong(metric -> metric.get().value())
        .sum();
  }

  private static List<SparkPlan> nodes(SparkPlan plan) {
    List<SparkPlan> nodes = new ArrayList<>(List.of(plan));
    if (plan instanceof AdaptiveSparkPlanExec adaptive) {
      nodes.addAll(nodes(adaptive.executedPlan()));
    } else if (plan instanceof QueryStageExec stage) {
      nodes.addAll(nodes(stage.plan()));
    }
    CollectionConverters.asJava(plan.children()).forEach(child -> nodes.addAll(nodes(child)));
    return nodes;
  }
}
