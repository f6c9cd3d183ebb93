package org.seeql.planner.plan;

import org.seeql.planner.statement.SourcePosition;

/** The plan of a statement that processes images, as far as it is known without the database. */
public sealed interface StatementPlan
    permits InferencePlan, AutoPlan, EvaluationPlan, ExplanationPlan, FindPlan, TrainPlan {
  /** How the images are processed. */
  InferencePlan run();

  /** The same plan without a target: its rows are only shown. */
  StatementPlan withoutTarget();

  /** Where the statement starts. */
  default SourcePosition position() {
    return run().position();
  }

  <R> R accept(Visitor<R> visitor);

  /** An operation with one method for each kind of plan. */
  interface Visitor<R> {
    R visitInference(InferencePlan plan);

    R visitAuto(AutoPlan plan);

    R visitEvaluation(EvaluationPlan plan);

    R visitExplanation(ExplanationPlan plan);

    R visitFind(FindPlan plan);

    R visitTrain(TrainPlan plan);
  }
}
