package org.seeql.cli.command;

import static java.util.Objects.requireNonNull;

import org.seeql.planner.option.OptionSet;
import org.seeql.planner.plan.PlanningException;
import org.seeql.planner.plan.ProgramCatalog;
import org.seeql.planner.plan.StatementPlans;
import org.seeql.planner.statement.ExplainPlanStatement;
import org.seeql.planner.statement.ModelStatement;
import org.seeql.planner.statement.SelectingStatement;
import org.seeql.planner.statement.SqlStatement;
import org.seeql.planner.statement.Statement;

/** Decides whether to start Spark before a statement is executed. */
final class SparkNeed implements Statement.FamilyVisitor<Boolean> {
  private final OptionSet commandLine;

  private SparkNeed(OptionSet commandLine) {
    this.commandLine = requireNonNull(commandLine, "commandLine is null");
  }

  /**
   * Whether the statement certainly needs Spark. False for {@code only_new}, which may find no new
   * images, and for statements that the planner refuses.
   */
  static boolean of(Statement statement, OptionSet commandLine) {
    return statement.accept(new SparkNeed(commandLine));
  }

  @Override
  public Boolean visitSelecting(SelectingStatement statement) {
    try {
      return StatementPlans.of(statement, ProgramCatalog.standard(), commandLine)
          .filter(plan -> !plan.run().options().onlyNew())
          .isPresent();
    } catch (PlanningException e) {
      return false;
    }
  }

  @Override
  public Boolean visitModels(ModelStatement statement) {
    return false;
  }

  @Override
  public Boolean visitSql(SqlStatement statement) {
    return false;
  }

  @Override
  public Boolean visitExplainPlan(ExplainPlanStatement statement) {
    return switch (statement.extent()) {
      case PLAN -> false;
      case ANALYZE -> statement.statement().accept(this);
    };
  }
}
