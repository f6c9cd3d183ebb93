package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.SelectColumns;
import org.seeql.database.ledger.SelectText;
import org.seeql.job.evaluate.EvaluationSettings;
import org.seeql.job.evaluate.EvaluationTable;
import org.seeql.job.evaluate.LabelCheck;
import org.seeql.job.evaluate.MatchTable;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.option.WriteMode;
import org.seeql.planner.plan.EvaluationPlan;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.statement.TableName;

/**
 * Checks TO EVALUATE. The rows of its run are only counted; its target receives the measurements.
 */
final class EvaluateCheck implements ClauseCheck {
  private final CheckScope scope;
  private final EvaluationPlan evaluation;
  private final InferencePlan plan;

  EvaluateCheck(CheckScope scope, EvaluationPlan evaluation) {
    this.scope = requireNonNull(scope, "scope is null");
    this.evaluation = requireNonNull(evaluation, "evaluation is null");
    this.plan = evaluation.run();
  }

  @Override
  public CheckedRun check(String runId, String statement) throws SQLException {
    SelectText text = scope.images().text(plan.select());
    Optional<SelectColumns> columns = scope.images().columns(plan.select(), text);
    Optional<RegisteredModel> model = scope.models().find(plan);
    Optional<String> root = scope.imageRoot(plan, text, columns);
    TargetCheck targets = scope.targets(text);
    Optional<TableName> table = targets.resolve(plan);
    Optional<ResultLayout> layout =
        columns.flatMap(c -> scope.layouts().evaluated(plan, evaluation.options(), model, c));
    Optional<LabelCheck.LabelLocation> labels = Optional.empty();
    if (layout.isPresent() && columns.get().duplicates().isEmpty()) {
      labels = labels(text, model.orElseThrow(), columns.get(), layout.get());
    }
    WriteMode mode = writtenTables(targets, table, layout);
    scope.refuseProblems(plan);
    RunModels models = new RunModels.One(model.orElseThrow());
    RunRecord record =
        new RunRecord(
            runId,
            new RunRecord.Request(statement, plan.kind(), plan.program(), plan.options()),
            models.recorded(),
            new RunRecord.Destination(Optional.empty(), mode),
            layout.orElseThrow(),
            root.orElseThrow());
    EvaluationSettings settings =
        new EvaluationSettings(
            labels.orElseThrow().options(), labels.get().database(), table.orElseThrow(), mode);
    return new CheckedRun(
        record, models, plan.select(), Optional.of(settings), Optional.empty(), Optional.empty());
  }

  /** Checks the target and the table of matches. Returns how both are written. */
  private WriteMode writtenTables(
      TargetCheck targets, Optional<TableName> table, Optional<ResultLayout> run)
      throws SQLException {
    if (table.isEmpty()) {
      return WriteMode.ERROR;
    }
    Map<TableName, ResultLayout> written = new LinkedHashMap<>();
    written.put(table.get(), EvaluationTable.LAYOUT);
    if (evaluation.options().keepMatches() && run.isPresent()) {
      targets.matches(table.get()).ifPresent(m -> written.put(m, MatchTable.layout(run.get())));
    }
    List<WriteMode> modes = new ArrayList<>();
    for (Map.Entry<TableName, ResultLayout> each : written.entrySet()) {
      modes.add(targets.mode(Optional.of(each.getKey()), plan, Optional.of(each.getValue())));
    }
    // Without the option, each result of SeeQL is replaced, so a missing one is, too
    WriteMode mode = modes.contains(WriteMode.OVERWRITE) ? WriteMode.OVERWRITE : modes.get(0);
    scope.checkRights(
        plan,
        written.entrySet().stream()
            .map(each -> RightsCheck.Target.ofEvaluation(each.getKey(), mode, each.getValue()))
            .toList());
    return mode;
  }

  private Optional<LabelCheck.LabelLocation> labels(
      SelectText text, RegisteredModel model, SelectColumns columns, ResultLayout layout)
      throws SQLException {
    return new LabelCheck(
            scope.session(), plan.select(), scope.complete(text.tables()), scope.problems())
        .check(model.description(), evaluation.options(), columns, layout.idColumn());
  }
}
