package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.job.model.ModelRepository;
import org.seeql.planner.plan.AutoPlan;
import org.seeql.planner.plan.EvaluationPlan;
import org.seeql.planner.plan.ExplanationPlan;
import org.seeql.planner.plan.FindPlan;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.plan.PlanningException;
import org.seeql.planner.plan.StatementPlan;
import org.seeql.planner.plan.TrainPlan;

/** Checks a run before it starts and reports all problems together. For one statement. */
public final class RunChecks {
  private final CheckScope scope;

  private RunChecks(CheckScope scope) {
    this.scope = requireNonNull(scope, "scope is null");
  }

  /**
   * Checks runs over what a session sees.
   *
   * @param database the database of tables that are named without one
   * @param sparkIsLocal whether models run on this machine
   * @param writer the connections over which the run writes; empty if its rows only go to Spark
   */
  public static RunChecks overSelection(
      DatabaseSession session,
      ModelRepository models,
      Optional<String> database,
      Path baseDirectory,
      BooleanSupplier sparkIsLocal,
      Optional<DatabaseConnector> writer) {
    return new RunChecks(
        new CheckScope(
            session,
            models,
            database,
            writer,
            problems ->
                new SelectionCheck(session, database, baseDirectory, sparkIsLocal, problems)));
  }

  /**
   * Checks runs over a frame.
   *
   * @param columns the columns of the frame
   * @param sparkIsLocal whether models run on this machine
   */
  public static RunChecks overFrame(
      DatabaseSession session,
      ModelRepository models,
      List<String> columns,
      Path baseDirectory,
      BooleanSupplier sparkIsLocal) {
    return new RunChecks(
        new CheckScope(
            session,
            models,
            Optional.empty(),
            Optional.empty(),
            problems -> new FrameCheck(columns, baseDirectory, sparkIsLocal, problems)));
  }

  /**
   * Chooses the models if the statement names none, checks the plan and returns its run.
   *
   * @param statement the text of the statement, as stored with the run
   * @throws PlanningException with all problems
   */
  public CheckedRun check(StatementPlan plan, String runId, String statement) throws SQLException {
    return plan.accept(new Clauses()).check(runId, statement);
  }

  private final class Clauses implements StatementPlan.Visitor<ClauseCheck> {
    @Override
    public ClauseCheck visitInference(InferencePlan plan) {
      return new InferenceCheck(scope, plan);
    }

    @Override
    public ClauseCheck visitAuto(AutoPlan plan) {
      return new AutoCheck(scope, plan);
    }

    @Override
    public ClauseCheck visitEvaluation(EvaluationPlan plan) {
      return new EvaluateCheck(scope, plan);
    }

    @Override
    public ClauseCheck visitExplanation(ExplanationPlan plan) {
      return new ExplainCheck(scope, plan);
    }

    @Override
    public ClauseCheck visitFind(FindPlan plan) {
      return new FindCheck(scope, plan);
    }

    @Override
    public ClauseCheck visitTrain(TrainPlan plan) {
      return new TrainCheck(scope, plan);
    }
  }
}
