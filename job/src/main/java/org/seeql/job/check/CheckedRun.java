package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.database.ledger.RequestFingerprint;
import org.seeql.database.ledger.RunRecord;
import org.seeql.job.evaluate.EvaluationSettings;

/**
 * A run that passed all checks.
 *
 * @param select the selection, in the database's SQL dialect
 * @param evaluation the evaluation that follows the run, if any
 * @param inquiry the request fingerprint of the run; present if the run has a target
 */
public record CheckedRun(
    RunRecord record,
    RunModels models,
    String select,
    Optional<EvaluationSettings> evaluation,
    Optional<RequestFingerprint> inquiry) {
  public CheckedRun {
    requireNonNull(record, "record is null");
    requireNonNull(models, "models is null");
    requireNonNull(select, "select is null");
    requireNonNull(evaluation, "evaluation is null");
    requireNonNull(inquiry, "inquiry is null");
    if (inquiry.isPresent() != record.target().isPresent()) {
      throw new IllegalArgumentException("a run has a request fingerprint if and only if it has a target");
    }
  }
}
