package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.job.inference.ModelAssignment;
import org.seeql.planner.plan.RunOptions;
import org.seeql.planner.statement.TableName;

/**
 * A statement whose rows go into a frame of Spark's instead of a table of the database.
 *
 * @param select the selection
 * @param layout the columns of the frame, and which columns of the selection they need
 * @param options with the image root as {@code image_dir}, where there is one
 * @param names of the models, for people
 * @param runId of a run that writes the rows somewhere
 * @param target where the statement wants its rows
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
