package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.planner.statement.ExplainStatement;
import org.seeql.planner.statement.FindStatement;
import org.seeql.planner.statement.PredictStatement;
import org.seeql.planner.statement.RunStatement;
import org.seeql.planner.statement.SelectingStatement;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TrainStatement;

/** Plans any kind of statement that runs inference, as far as possible without a database. */
public final class StatementPlans {
  private StatementPlans() {}

  /**
   * The plan of a statement, or of the statement that an EXPLAIN explains; empty if it processes no
   * images.
   *
   * @param commandLine options for every statement of the program
   * @throws PlanningException with every problem that can be detected without the database
   */
  public static Optional<StatementPlan> of(
      Statement statement, ProgramCatalog programs, OptionSet commandLine) {
    return statement
        .subject()
        .findSelecting()
        .map(selecting -> of(selecting, programs, commandLine));
  }

  /**
   * The plan of a SELECT with a clause.
   *
   * @throws PlanningException with every problem that can be detected without the database
   */
  public static StatementPlan of(
      SelectingStatement statement, ProgramCatalog programs, OptionSet commandLine) {
    return statement.accept(new Clauses(programs, commandLine));
  }

  private static final class Clauses implements SelectingStatement.Visitor<StatementPlan> {
    private final ProgramCatalog programs;
    private final OptionSet commandLine;

    Clauses(ProgramCatalog programs, OptionSet commandLine) {
      this.programs = requireNonNull(programs, "programs is null");
      this.commandLine = requireNonNull(commandLine, "commandLine is null");
    }

    @Override
    public StatementPlan visitRun(RunStatement statement) {
      return InferencePlanner.plan(statement, programs, commandLine);
    }

    @Override
    public StatementPlan visitPredict(PredictStatement statement) {
      return InferencePlanner.plan(statement, commandLine);
    }

    @Override
    public StatementPlan visitFind(FindStatement statement) {
      return FindPlanner.plan(statement, commandLine);
    }

    @Override
    public StatementPlan visitEvaluate(EvaluateStatement statement) {
      return EvaluationPlanner.plan(statement, commandLine);
    }

    @Override
    public StatementPlan visitTrain(TrainStatement statement) {
      return TrainPlanner.plan(statement, commandLine);
    }

    @Override
    public StatementPlan visitExplain(ExplainStatement statement) {
      return ExplanationPlanner.plan(statement, commandLine);
    }
  }
}
