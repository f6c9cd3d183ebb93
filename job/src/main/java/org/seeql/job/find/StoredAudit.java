package org.seeql.job.find;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.seeql.job.inference.BoundModel;
import org.seeql.job.inference.ModelAssignment.Kept;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.job.model.ModelRepository;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.DecisionPlan;

/** The JSON form of an {@link AuditRequest}. */
record StoredAudit(
    int images,
    List<StoredModel> models,
    StoredPlan plan,
    Map<Bound, Double> bounds,
    double confidenceLevel) {
  static StoredAudit of(AuditRequest request) {
    return new StoredAudit(
        request.images(),
        request.auditor().models().stream().map(StoredModel::of).toList(),
        StoredPlan.of((DecisionPlan) request.auditor().plan()),
        request.bounds().values(),
        request.confidenceLevel());
  }

  /**
   * Restores the request, with the model versions for which it was made.
   *
   * @throws org.seeql.database.RefusalException if a model no longer exists
   */
  AuditRequest restore(ModelRepository repository, String runId) throws SQLException {
    List<BoundModel> bound = new ArrayList<>();
    for (StoredModel model : models) {
      bound.add(model.load(repository, runId));
    }
    return new AuditRequest(
        images,
        new PlannedModels(plan.toPlan(runId), bound, Kept.ALL),
        new Bounds(new TreeMap<>(bounds)),
        confidenceLevel);
  }
}
