package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.database.ledger.FileTarget;
import org.seeql.database.ledger.RequestFingerprint;
import org.seeql.database.ledger.RunRecord;
import org.seeql.job.evaluate.EvaluationSettings;
import org.seeql.job.find.ChosenPlan;
import org.seeql.job.train.TrainingSettings;

/**
 * A run that passed all checks.
 *
 * @param select the selection, in the database's SQL dialect
 * @param evaluation the evaluation that follows the run, if any
 * @param training the training that follows the run, if any
 * @param choice how the models of a search were chosen
 * @param fingerprint the request fingerprint of the run; present if the run has a target table
 */
public record CheckedRun(
    RunRecord record,
    RunModels models,
    String select,
    Optional<EvaluationSettings> evaluation,
    Optional<TrainingSettings> training,
    Optional<ChosenPlan> choice,
    Optional<RequestFingerprint> fingerprint) {
  public CheckedRun {
    requireNonNull(record, "record is null");
    requireNonNull(models, "models is null");
    requireNonNull(select, "select is null");
    requireNonNull(evaluation, "evaluation is null");
    requireNonNull(training, "training is null");
    requireNonNull(choice, "choice is null");
    requireNonNull(fingerprint, "fingerprint is null");
    boolean hasTable = record.target().filter(t -> !FileTarget.isWritten(t)).isPresent();
    if (fingerprint.isPresent() != hasTable) {
      throw new IllegalArgumentException("a run has a fingerprint if and only if it has a table");
    }
  }

  /** A run that no training follows. */
  CheckedRun(
      RunRecord record,
      RunModels models,
      String select,
      Optional<EvaluationSettings> evaluation,
      Optional<ChosenPlan> choice,
      Optional<RequestFingerprint> fingerprint) {
    this(record, models, select, evaluation, Optional.empty(), choice, fingerprint);
  }

  /** A run that a training follows. */
  static CheckedRun ofTraining(
      RunRecord record, RunModels models, String select, TrainingSettings training) {
    return new CheckedRun(
        record,
        models,
        select,
        Optional.empty(),
        Optional.of(training),
        Optional.empty(),
        Optional.empty());
  }
}
