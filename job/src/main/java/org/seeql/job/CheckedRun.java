package org.seeql.job;

import static java.util.Objects.requireNonNull;

import org.seeql.job.jdbc.RunRecord;
import org.seeql.job.model.RegisteredModel;

/**
 * A run that nothing speaks against.
 *
 * @param select the selection, in the database's own SQL
 */
record CheckedRun(RunRecord record, RegisteredModel model, String select) {
  CheckedRun {
    requireNonNull(record, "record is null");
    requireNonNull(model, "model is null");
    requireNonNull(select, "select is null");
  }
}
