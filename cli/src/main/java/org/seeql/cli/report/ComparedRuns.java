package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.RunRecords;
import org.seeql.database.ledger.RunState;
import org.seeql.job.evaluate.EvaluationSettings;
import org.seeql.planner.plan.InferencePlan;

/**
 * Finds two evaluations by their run ids, or by the names of models whose profiles they wrote last.
 */
final class ComparedRuns {
  private final DatabaseSession session;
  private final Optional<String> dataset;

  /**
   * @param dataset the data set on which models are compared; if empty, the one that they have in
   *     common
   */
  ComparedRuns(DatabaseSession session, Optional<String> dataset) {
    this.session = requireNonNull(session, "session is null");
    this.dataset = requireNonNull(dataset, "dataset is null");
  }

  /** The run of an evaluation that has finished, with its settings. */
  record Evaluated(RunRecord run, EvaluationSettings settings) {
    Comparison.Side side() {
      return new Comparison.Side(run.runId(), run.model() + "@" + run.modelVersion());
    }
  }

  /** Finds both, the first one first. */
  List<Evaluated> find(String first, String second) throws SQLException {
    String common = dataset.isPresent() ? dataset.get() : commonDataset(first, second);
    Evaluated a = evaluated(first, common);
    Evaluated b = evaluated(second, common);
    if (!a.settings.dataset().equals(b.settings.dataset())) {
      throw notOnOne(first, a.settings.dataset(), second, b.settings.dataset());
    }
    if (!a.run.task().equals(b.run.task())) {
      throw new RefusalException(
          "Cannot compare %s with %s: the first model is for the task %s, the second for %s"
              .formatted(first, second, a.run.task(), b.run.task()));
    }
    return List.of(a, b);
  }

  /** The data set on which both were evaluated. A run has one, a model may have several. */
  private String commonDataset(String first, String second) throws SQLException {
    requireKnown(first);
    requireKnown(second);
    List<String> common = new ArrayList<>(datasets(first));
    common.retainAll(datasets(second));
    if (common.isEmpty()) {
      throw notOnOne(
          first, String.join(", ", datasets(first)), second, String.join(", ", datasets(second)));
    }
    if (common.size() > 1) {
      throw new RefusalException(
          "Cannot compare %s with %s: both were evaluated on %s; choose one with --dataset"
              .formatted(first, second, String.join(", ", common)));
    }
    return common.get(0);
  }

  private void requireKnown(String name) throws SQLException {
    Optional<RunRecord> run = RunRecords.find(session, name);
    if (run.isPresent()) {
      requireEvaluation(run.get());
    } else if (datasets(name).isEmpty()) {
      throw new RefusalException(
          "Unknown evaluation '%s': it is neither the id of a run nor a model that was evaluated"
              .formatted(name));
    }
  }

  private void requireEvaluation(RunRecord run) throws SQLException {
    if (run.kind() != InferencePlan.Kind.EVALUATE) {
      throw new RefusalException(
          "Cannot compare run %s: it is TO %s, and only evaluations have measures; use TO EVALUATE"
              .formatted(run.runId(), run.kind()));
    }
    if (!RunRecords.state(session, run.runId()).equals(Optional.of(RunState.SUCCEEDED))) {
      throw new RefusalException(
          "Cannot compare run %1$s: it has not finished; resume it with `seeql run --resume %1$s`"
              .formatted(run.runId()));
    }
  }

  private static RefusalException notOnOne(
      String first, String ofFirst, String second, String ofSecond) {
    return new RefusalException(
        "Cannot compare %s with %s: they were not evaluated on one data set (%1$s: %3$s; %2$s: %4$s)"
            .formatted(first, second, ofFirst, ofSecond));
  }

  private List<String> datasets(String name) throws SQLException {
    Optional<EvaluationSettings> run = EvaluationSettings.find(session, name);
    if (run.isPresent()) {
      return List.of(run.get().dataset());
    }
    return session.query(
        "SELECT DISTINCT dataset FROM %s WHERE model = ? ORDER BY dataset"
            .formatted(SystemSchema.table("model_profiles")),
        row -> row.getString(1),
        name);
  }

  private Evaluated evaluated(String name, String common) throws SQLException {
    Optional<RunRecord> run = RunRecords.find(session, name);
    if (run.isEmpty()) {
      run = RunRecords.find(session, evaluationOf(name, common));
    }
    if (run.isEmpty()) {
      throw new RefusalException(
          "Cannot compare %s: the record of its evaluation no longer exists; evaluate it again"
              .formatted(name));
    }
    requireEvaluation(run.get());
    EvaluationSettings settings =
        EvaluationSettings.find(session, run.get().runId())
            .orElseThrow(() -> new SQLException("its settings no longer exist"));
    return new Evaluated(run.get(), settings);
  }

  /** The run that wrote the profile of a model's latest version on a data set. */
  private String evaluationOf(String model, String common) throws SQLException {
    return session
        .findFirst(
            "SELECT run_id FROM %s WHERE model = ? AND dataset = ? ORDER BY model_version DESC LIMIT 1"
                .formatted(SystemSchema.table("model_profiles")),
            row -> row.getString(1),
            model,
            common)
        .orElseThrow(() -> unknown(model, common));
  }

  private static RefusalException unknown(String model, String dataset) {
    return new RefusalException(
        "There is no evaluation of '%s' on %s; it is neither the id of a run nor a model that was evaluated on this data set"
            .formatted(model, dataset));
  }
}
