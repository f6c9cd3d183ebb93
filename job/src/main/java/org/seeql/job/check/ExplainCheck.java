package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import org.seeql.database.ledger.RequestFingerprint;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.SelectColumns;
import org.seeql.database.ledger.SelectText;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.option.WriteMode;
import org.seeql.planner.plan.ExplanationPlan;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.statement.TableName;

/** Checks TO EXPLAIN. */
final class ExplainCheck implements ClauseCheck {
  private final CheckScope scope;
  private final ExplanationPlan explanation;
  private final InferencePlan plan;

  ExplainCheck(CheckScope scope, ExplanationPlan explanation) {
    this.scope = requireNonNull(scope, "scope is null");
    this.explanation = requireNonNull(explanation, "explanation is null");
    this.plan = explanation.run();
  }

  @Override
  public CheckedRun check(String runId, String statement) throws SQLException {
    SelectText text = scope.images().text(plan.select());
    Optional<SelectColumns> columns = scope.images().columns(plan.select(), text);
    Optional<RegisteredModel> model = scope.models().find(plan);
    if (model.isPresent()) {
      ExplanationModels.check(model.get(), explanation.options(), scope.problems());
    }
    Optional<String> root = scope.imageRoot(plan, text, columns);
    TargetCheck targets = scope.targets(text);
    Optional<TableName> table = targets.resolve(plan);
    Optional<ResultLayout> layout = columns.flatMap(c -> scope.layouts().explained(plan, c));
    WriteMode mode = targets.mode(table, plan, layout);
    scope.checkRights(plan, RightsCheck.Target.ofRun(table, mode, layout));
    Optional<RequestFingerprint> fingerprint =
        scope.checkOnlyNew(plan, table, fingerprint(model, root));
    scope.refuseProblems(plan);
    RunModels.Explained models =
        new ExplanationModels(scope.session())
            .of(model.orElseThrow(), explanation.options(), plan.options().device());
    checkImages(models.cost());
    scope.refuseProblems(plan);
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

  /** Explanations are expensive, so many of them are refused before anything is written. */
  private void checkImages(ExplanationCost cost) throws SQLException {
    int most = explanation.options().maxImages();
    OptionalLong counted = scope.images().count(plan.select());
    if (counted.isEmpty()) {
      return;
    }
    long images = counted.getAsLong();
    if (images > most) {
      scope
          .problems()
          .accept(
              "The SELECT returns %,d images, but max_images is %,d, because explanations are expensive: %s; select fewer images, or set max_images"
                  .formatted(images, most, cost.of(images)));
    }
  }

  private Optional<RequestFingerprint> fingerprint(
      Optional<RegisteredModel> model, Optional<String> root) throws SQLException {
    return model.isEmpty() || root.isEmpty()
        ? Optional.empty()
        : Optional.of(scope.fingerprints().of(model.get(), explanation, root.get()));
  }
}
