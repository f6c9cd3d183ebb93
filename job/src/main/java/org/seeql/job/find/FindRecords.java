package org.seeql.job.find;

import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.database.RefusalException;
import org.seeql.database.StoredJson;
import org.seeql.database.StoredWord;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.job.inference.BoundModel;
import org.seeql.job.inference.ModelAssignment.Kept;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.job.model.ModelRepository;
import org.seeql.job.model.RegisteredModel;
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

  /** A stored plan. */
  public record KeptPlan(PlannedModels work, String dataset) {}

  /**
   * The content of the column {@code plan}.
   *
   * @param plan null if the plan is a cascade
   * @param cascade null if the plan is another one
   */
  private record Document(
      String dataset,
      String kept,
      List<StoredBinding> models,
      StoredPlan plan,
      StoredCascade cascade) {

    private ModelPlan toPlan(String runId) {
      return cascade == null ? plan.toPlan(runId) : cascade.toPlan(runId);
    }
  }

  private record StoredBinding(
      String name, int version, SortedMap<String, String> labels, double threshold) {}

  /** Stores the plan of a run. */
  public static void save(DatabaseSession session, String runId, KeptPlan kept)
      throws SQLException {
    PlannedModels work = kept.work();
    Document document =
        new Document(
            kept.dataset(),
            work.kept().name(),
            work.models().stream()
                .map(m -> new StoredBinding(m.name(), m.version(), m.labels(), m.threshold()))
                .toList(),
            work.plan() instanceof DecisionPlan plan ? StoredPlan.of(plan) : null,
            work.plan() instanceof CascadePlan plan ? StoredCascade.of(plan) : null);
    session.update(
        "INSERT INTO " + TABLE + " (run_id, plan) VALUES (?, ?)",
        runId,
        StoredJson.write(document));
  }

  /**
   * The original plan of a run; empty if the run has none.
   *
   * @throws RefusalException if a newer version has written the plan
   */
  public static Optional<ModelPlan> findPlan(DatabaseSession session, String runId)
      throws SQLException {
    Optional<String> text = text(session, runId);
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(document(text.get(), runId).toPlan(runId));
  }

  private static Optional<String> text(DatabaseSession session, String runId) throws SQLException {
    return session.findFirst(
        "SELECT plan FROM " + TABLE + " WHERE run_id = ?", row -> row.getString(1), runId);
  }

  private static Document document(String text, String runId) throws SQLException {
    return StoredJson.read(text, DOCUMENT, "the plan of run " + runId);
  }

  /**
   * The plan of a run, with the model versions for which it was made.
   *
   * @throws RefusalException if there is no plan, a newer version has written it, or a model no
   *     longer exists
   */
  public static KeptPlan load(DatabaseSession session, ModelRepository models, String runId)
      throws SQLException {
    Optional<String> text = text(session, runId);
    if (text.isEmpty()) {
      throw new RefusalException(
          "Cannot resume run %s: its plan no longer exists; run its statement again"
              .formatted(runId));
    }
    Document document = document(text.get(), runId);
    List<BoundModel> bound = new ArrayList<>();
    for (StoredBinding stored : document.models()) {
      RegisteredModel model = models.loadForResume(stored.name(), stored.version(), runId);
      bound.add(
          new BoundModel(
              model.description(),
              stored.version(),
              new TreeMap<>(stored.labels()),
              stored.threshold()));
    }
    return new KeptPlan(
        new PlannedModels(
            document.toPlan(runId),
            bound,
            StoredWord.ofRun(runId, "choice of images", document.kept(), Kept::valueOf)),
        document.dataset());
  }
}
