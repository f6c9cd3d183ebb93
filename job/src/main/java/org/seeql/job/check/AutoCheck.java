package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import org.seeql.job.find.ModelChoice;
import org.seeql.planner.plan.AutoPlan;
import org.seeql.planner.plan.InferencePlan;

/** Chooses the model of TO PREDICT … USING AUTO, and checks the run of this model. */
final class AutoCheck implements ClauseCheck {
  private final CheckScope scope;
  private final AutoPlan plan;

  AutoCheck(CheckScope scope, AutoPlan plan) {
    this.scope = requireNonNull(scope, "scope is null");
    this.plan = requireNonNull(plan, "plan is null");
  }

  @Override
  public CheckedRun check(String runId, String statement) throws SQLException {
    InferencePlan run =
        new ModelChoice(scope.session(), scope.repository(), scope.problems())
            .choose(plan)
            .map(model -> plan.run().withModel(model.description().name()))
            .orElse(plan.run());
    return new InferenceCheck(scope, run).check(runId, statement);
  }
}
