package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.database.ledger.RequestFingerprint;
import org.seeql.database.ledger.RunRecord;
import org.seeql.job.evaluate.EvaluationSettings;

/**
 * A run that nothing speaks against.
 *
 * @param select the selection, in the database's own SQL
 * @param evaluation what follows the run, if anything does
 * @param inquiry what it asks about each image; of a run with a target
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
      throw new IllegalArgumentException("a run with a target, and no other, has an inquiry");
    }
  }
}
