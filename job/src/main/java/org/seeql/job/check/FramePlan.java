package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.job.inference.ModelAssignment;
import org.seeql.planner.plan.RunOptions;
import org.seeql.planner.statement.TableName;

/**
 * A statement whose rows go into a Spark frame instead of a database table.
 *
 * @param select the selection
 * @param layout the columns of the frame, and the selection's columns that they need
 * @param options the options, with the image root as {@code image_dir} if there is one
 * @param names names of the models, for people
 * @param runId id of a run that writes the rows to a table
 * @param target the table in which the statement stores its rows
 */
public record FramePlan(
    String select,
    ResultLayout layout,
    ModelAssignment models,
    RunOptions options,
    String names,
    String runId,
    Optional<TableName> target) {
  public FramePlan {
    requireNonNull(select, "select is null");
    requireNonNull(layout, "layout is null");
    requireNonNull(models, "models is null");
    requireNonNull(options, "options is null");
    requireNonNull(names, "names is null");
    requireNonNull(runId, "runId is null");
    requireNonNull(target, "target is null");
  }
}
