package org.seeql.spark.function;

import java.util.List;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.SparkStrategy;
import org.seeql.spark.session.ScalaSequences;
import scala.collection.immutable.Seq;

/** Plans the execution of an {@link EvaluateImages}. */
final class ImageStrategy extends SparkStrategy {
  @Override
  public Seq<SparkPlan> apply(LogicalPlan plan) {
    return plan instanceof EvaluateImages node
        ? ScalaSequences.of(
            List.of(
                new EvaluateImagesExec(
                    node.work(), node.image(), node.result(), planLater(node.child()))))
        : ScalaSequences.of(List.of());
  }
}
