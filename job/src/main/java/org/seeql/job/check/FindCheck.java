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
import org.seeql.job.find.ReferenceChoice;
import org.seeql.job.find.ReferenceRequest;
import org.seeql.job.inference.ModelAssignment.Kept;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.option.WriteMode;
import org.seeql.planner.plan.FindPlan;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.plan.RunOptions;
import org.seeql.planner.predicate.PredicateFunction;
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
    Optional<Search> search = search();
    Optional<SelectColumns> columns = scope.images().columns(plan.select(), text);
    Optional<String> root = scope.imageRoot(plan, text, columns);
    Kept kept = find.options().keepAll() ? Kept.ALL : Kept.FOUND;
    Optional<ResultLayout> layout = columns.flatMap(c -> scope.layouts().found(plan, kept, c));
    TargetCheck targets = scope.targets(text);
    Optional<TableName> table = targets.resolve(plan);
    WriteMode mode = targets.mode(table, plan, layout);
    scope.checkRights(plan, RightsCheck.Target.ofRun(table, mode, layout));
    Optional<RequestFingerprint> fingerprint =
        scope.checkOnlyNew(plan, table, fingerprint(search, root));
    scope.refuseProblems(plan);
    Search found = search.orElseThrow();
    RunRecord record =
        new RunRecord(
            runId,
            new RunRecord.Request(statement, plan.kind(), plan.program(), found.options()),
            found.models().recorded(),
            new RunRecord.Destination(table, mode),
            layout.orElseThrow(),
            root.orElseThrow());
    return new CheckedRun(
        record, found.models(), plan.select(), Optional.empty(), found.choice(), fingerprint);
  }

  /**
   * The models of the search.
   *
   * @param choice the plan, if it is chosen before the run
   */
  private record Search(RunModels models, Optional<ChosenPlan> choice, RunOptions options) {}

  /** The models. Empty, with a reported problem, if there is no plan. */
  private Optional<Search> search() throws SQLException {
    if (find.options().reference().isEmpty() || isConstant()) {
      return new PlanChoice(scope.session(), scope.repository(), scope.problems())
          .choose(find)
          .map(
              choice ->
                  new Search(
                      new RunModels.Planned(
                          new FindRecords.KeptPlan(
                              choice.work(), choice.dataset(), Optional.empty(), choice.audit())),
                      Optional.of(choice),
                      choice.runOptions(plan.options())));
    }
    return new ReferenceChoice(scope.session(), scope.repository(), scope.problems())
        .request(find)
        .map(
            kept ->
                new Search(
                    new RunModels.Referenced(kept), Optional.empty(), options(kept.request())));
  }

  private boolean isConstant() {
    int classes = PredicateFunction.classNames(find.predicate()).size();
    return classes <= PredicateFunction.MAX_CLASSES
        && PredicateFunction.of(find.predicate()).classes().isEmpty();
  }

  private RunOptions options(ReferenceRequest request) {
    RunOptions options =
        plan.options().with(OptionTable.CONFIDENCE, request.reference().threshold());
    return find.options().iou().isPresent()
        ? options.with(OptionTable.IOU, find.options().iou().getAsDouble())
        : options;
  }

  private Optional<RequestFingerprint> fingerprint(Optional<Search> search, Optional<String> root)
      throws SQLException {
    if (search.isEmpty() || root.isEmpty()) {
      return Optional.empty();
    }
    Search found = search.get();
    RequestFingerprints fingerprints = scope.fingerprints();
    return Optional.of(
        found.models() instanceof RunModels.Referenced referenced
            ? fingerprints.of(referenced.request(), found.options(), root.get())
            : fingerprints.of(
                find.predicate(),
                found.choice().orElseThrow().work(),
                found.options(),
                root.get()));
  }
}
