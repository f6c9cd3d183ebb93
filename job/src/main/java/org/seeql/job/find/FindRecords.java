package org.seeql.job.find;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seeql.database.RefusalException;
import org.seeql.database.StoredJson;
import org.seeql.database.StoredWord;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.database.ledger.PartitionRecords;
import org.seeql.job.inference.BoundModel;
import org.seeql.job.inference.ModelAssignment.Kept;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.job.inference.PartitionFigures;
import org.seeql.job.inference.PlanCounts;
import org.seeql.job.inference.SampledAnswers;
import org.seeql.job.model.ModelRepository;
import org.seeql.planner.cascade.CascadePlan;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.optimizer.ModelPlan;

/**
 * The plans of TO FIND runs, stored in {@code find_plans}: a resumed run uses its original plan.
 */
public final class FindRecords {
  private static final String TABLE = SystemSchema.table("find_plans");
  private static final TypeReference<Document> DOCUMENT = new TypeReference<>() {};

  private FindRecords() {}

  /** What is stored of a search. */
  public sealed interface KeptSearch {}

  /**
   * A stored plan.
   *
   * @param dataset the data set whose profiles were used; empty if none was
   * @param reference the figures of the reference model, if the plan was chosen with one
   * @param audit the requested audit, if any
   */
  public record KeptPlan(
      PlannedModels work,
      String dataset,
      Optional<ReferenceFigures> reference,
      Optional<AuditRequest> audit)
      implements KeptSearch {
    public KeptPlan {
      requireNonNull(work, "work is null");
      requireNonNull(dataset, "dataset is null");
      requireNonNull(reference, "reference is null");
      requireNonNull(audit, "audit is null");
    }
  }

  /**
   * A search whose plan is not chosen yet.
   *
   * @param audit the requested audit, if any
   */
  public record KeptRequest(ReferenceRequest request, Optional<AuditRequest> audit)
      implements KeptSearch {
    public KeptRequest {
      requireNonNull(request, "request is null");
      requireNonNull(audit, "audit is null");
    }
  }

  /**
   * The content of the column {@code plan}.
   *
   * @param plan null if the plan is a cascade, or not chosen yet
   * @param cascade null if the plan is another one, or not chosen yet
   * @param request null if the plan is chosen
   * @param reference null if the plan was chosen without a reference, or is not chosen yet
   * @param audit null if none is requested
   */
  private record Document(
      String dataset,
      String kept,
      List<StoredModel> models,
      StoredPlan plan,
      StoredCascade cascade,
      StoredRequest request,
      StoredReference reference,
      StoredAudit audit) {

    private static Document of(KeptPlan kept) {
      PlannedModels work = kept.work();
      return new Document(
          kept.dataset(),
          work.kept().name(),
          work.models().stream().map(StoredModel::of).toList(),
          work.plan() instanceof DecisionPlan plan ? StoredPlan.of(plan) : null,
          work.plan() instanceof CascadePlan plan ? StoredCascade.of(plan) : null,
          null,
          kept.reference().map(figures -> StoredReference.of(figures, work.sampled())).orElse(null),
          kept.audit().map(StoredAudit::of).orElse(null));
    }

    private static Document of(KeptRequest kept) {
      ReferenceRequest request = kept.request();
      return new Document(
          "",
          request.kept().name(),
          request.candidates().stream().map(StoredModel::of).toList(),
          null,
          null,
          StoredRequest.of(request),
          null,
          kept.audit().map(StoredAudit::of).orElse(null));
    }

    private ModelPlan toPlan(String runId) {
      return cascade == null ? plan.toPlan(runId) : cascade.toPlan(runId);
    }
  }

  /** Stores the search of a run. */
  public static void save(DatabaseSession session, String runId, KeptSearch kept)
      throws SQLException {
    session.update(
        "INSERT INTO " + TABLE + " (run_id, plan) VALUES (?, ?)",
        runId,
        StoredJson.write(
            kept instanceof KeptPlan plan ? Document.of(plan) : Document.of((KeptRequest) kept)));
  }

  /** Replaces the request of a run by the plan that was chosen for it. */
  public static void choose(DatabaseSession session, String runId, KeptPlan chosen)
      throws SQLException {
    session.update(
        "UPDATE " + TABLE + " SET plan = ? WHERE run_id = ?",
        StoredJson.write(Document.of(chosen)),
        runId);
  }

  /**
   * The plan of a run, compared with what the run has done so far; empty if the run has no plan, or
   * has not chosen it yet.
   *
   * @throws RefusalException if a newer version has written the plan
   */
  public static Optional<FindReport> findReport(DatabaseSession session, String runId)
      throws SQLException {
    Optional<String> text = text(session, runId);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Document document = document(text.get(), runId);
    if (document.request() != null) {
      return Optional.empty();
    }
    PlanCounts counts =
        PartitionRecords.figures(session, runId).stream()
            .map(figures -> PartitionFigures.parse(figures).plan())
            .reduce(PlanCounts.NONE, PlanCounts::plus);
    return Optional.of(
        new FindReport(
            document.toPlan(runId),
            document.models().stream().map(StoredModel::name).toList(),
            document.dataset(),
            Optional.ofNullable(document.reference()).map(StoredReference::figures),
            AuditRecords.find(session, runId),
            counts));
  }

  private static Optional<String> text(DatabaseSession session, String runId) throws SQLException {
    return session.findFirst(
        "SELECT plan FROM " + TABLE + " WHERE run_id = ?", row -> row.getString(1), runId);
  }

  private static Document document(String text, String runId) throws SQLException {
    return StoredJson.read(text, DOCUMENT, "the plan of run " + runId);
  }

  /**
   * The search of a run, with the model versions for which it was made.
   *
   * @throws RefusalException if there is no plan, a newer version has written it, or a model no
   *     longer exists
   */
  public static KeptSearch load(DatabaseSession session, ModelRepository models, String runId)
      throws SQLException {
    Optional<String> text = text(session, runId);
    if (text.isEmpty()) {
      throw new RefusalException(
          "Cannot resume run %s: its plan no longer exists; run its statement again"
              .formatted(runId));
    }
    Document document = document(text.get(), runId);
    List<BoundModel> bound = new ArrayList<>();
    for (StoredModel stored : document.models()) {
      bound.add(stored.load(models, runId));
    }
    Kept kept = StoredWord.ofRun(runId, "choice of images", document.kept(), Kept::valueOf);
    Optional<AuditRequest> audit = Optional.empty();
    if (document.audit() != null) {
      audit = Optional.of(document.audit().restore(models, runId));
    }
    if (document.request() != null) {
      return new KeptRequest(document.request().restore(bound, kept), audit);
    }
    StoredReference reference = document.reference();
    return new KeptPlan(
        new PlannedModels(
            document.toPlan(runId),
            bound,
            kept,
            reference == null ? SampledAnswers.NONE : reference.sampled()),
        document.dataset(),
        Optional.ofNullable(reference).map(StoredReference::figures),
        audit);
  }
}
