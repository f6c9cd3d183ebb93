package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.Optional;
import org.seeql.database.ledger.RequestFingerprint;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.SelectColumns;
import org.seeql.database.ledger.SelectText;
import org.seeql.job.find.ChosenPlan;
import org.seeql.job.find.FindRecords;
import org.seeql.job.find.PlanChoice;
import org.seeql.job.inference.ModelAssignment.Kept;
import org.seeql.planner.option.WriteMode;
import org.seeql.planner.plan.FindPlan;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.plan.RunOptions;
import org.seeql.planner.statement.TableName;

/** Chooses the models of TO FIND, and checks their run. */
final class FindCheck implements ClauseCheck {
  private final CheckScope scope;
  private final FindPlan find;
  private final InferencePlan plan;

  FindCheck(CheckScope scope, FindPlan find) {
    this.scope = requireNonNull(scope, "scope is null");
    this.find = requireNonNull(find, "find is null");
    this.plan = find.run();
  }

  @Override
  public CheckedRun check(String runId, String statement) throws SQLException {
    SelectText text = scope.images().text(plan.select());
    Optional<ChosenPlan> chosen =
        new PlanChoice(scope.session(), scope.repository(), scope.problems()).choose(find);
    Optional<SelectColumns> columns = scope.images().columns(plan.select(), text);
    Optional<String> root = scope.imageRoot(plan, text, columns);
    Kept kept = find.options().keepAll() ? Kept.ALL : Kept.FOUND;
    Optional<ResultLayout> layout = columns.flatMap(c -> scope.layouts().found(plan, kept, c));
    TargetCheck targets = scope.targets(text);
    Optional<TableName> table = targets.resolve(plan);
    WriteMode mode = targets.mode(table, plan, layout);
    scope.checkRights(plan, RightsCheck.Target.ofRun(table, mode, layout));
    Optional<RequestFingerprint> fingerprint =
        scope.checkOnlyNew(plan, table, fingerprint(chosen, root));
    scope.refuseProblems(plan);
    ChosenPlan choice = chosen.orElseThrow();
    RunModels models =
        new RunModels.Planned(new FindRecords.KeptPlan(choice.work(), choice.dataset()));
    RunRecord record =
        new RunRecord(
            runId,
            new RunRecord.Request(
                statement, plan.kind(), plan.program(), choice.runOptions(plan.options())),
            models.recorded(),
            new RunRecord.Destination(table, mode),
            layout.orElseThrow(),
            root.orElseThrow());
    return new CheckedRun(
        record, models, plan.select(), Optional.empty(), Optional.of(choice), fingerprint);
  }

  private Optional<RequestFingerprint> fingerprint(
      Optional<ChosenPlan> chosen, Optional<String> root) throws SQLException {
    if (chosen.isEmpty() || root.isEmpty()) {
      return Optional.empty();
    }
    RunOptions options = chosen.get().runOptions(plan.options());
    return Optional.of(
        scope.fingerprints().of(find.predicate(), chosen.get().work(), options, root.get()));
  }
}
