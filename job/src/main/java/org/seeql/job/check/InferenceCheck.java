package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.seeql.database.ledger.RequestFingerprint;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.SelectColumns;
import org.seeql.database.ledger.SelectText;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.option.WriteMode;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.statement.TableName;

/** Checks a run of one model: TO RUN and TO PREDICT. */
final class InferenceCheck implements ClauseCheck {
  private final CheckScope scope;
  private final InferencePlan plan;

  InferenceCheck(CheckScope scope, InferencePlan plan) {
    this.scope = requireNonNull(scope, "scope is null");
    this.plan = requireNonNull(plan, "plan is null");
  }

  @Override
  public CheckedRun check(String runId, String statement) throws SQLException {
    SelectText text = scope.images().text(plan.select());
    Optional<SelectColumns> columns = scope.images().columns(plan.select(), text);
    Optional<RegisteredModel> model = scope.models().find(plan);
    Optional<String> root = scope.imageRoot(plan, text, columns);
    TargetCheck targets = scope.targets(text);
    Optional<TableName> table = targets.resolve(plan);
    Optional<ResultLayout> layout = Optional.empty();
    if (columns.isPresent()) {
      layout = layout(model, columns.get(), targets);
    }
    WriteMode mode = targets.mode(table, plan, layout);
    scope.checkRights(plan, RightsCheck.Target.ofRun(table, mode, layout));
    Optional<RequestFingerprint> fingerprint =
        scope.checkOnlyNew(plan, table, fingerprint(model, root));
    scope.refuseProblems(plan);
    RunModels models = new RunModels.One(model.orElseThrow());
    RunRecord record =
        new RunRecord(
            runId,
            new RunRecord.Request(statement, plan.kind(), plan.program(), plan.options()),
            models.recorded(),
            new RunRecord.Destination(table, mode),
            layout.orElseThrow(),
            root.orElseThrow());
    return new CheckedRun(
        record, models, plan.select(), Optional.empty(), Optional.empty(), fingerprint);
  }

  private Optional<ResultLayout> layout(
      Optional<RegisteredModel> model, SelectColumns columns, TargetCheck targets)
      throws SQLException {
    List<String> earlier =
        targets.readsWideResult() ? SelectColumns.withoutRowKey(columns.labels()) : List.of();
    return scope.layouts().of(plan, model, columns, earlier);
  }

  private Optional<RequestFingerprint> fingerprint(
      Optional<RegisteredModel> model, Optional<String> root) throws SQLException {
    return model.isEmpty() || root.isEmpty()
        ? Optional.empty()
        : Optional.of(scope.fingerprints().of(model.get(), plan.options(), root.get()));
  }
}
