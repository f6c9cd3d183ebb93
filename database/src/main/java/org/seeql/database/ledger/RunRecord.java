package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.planner.option.WriteMode;
import org.seeql.planner.plan.RunOptions;
import org.seeql.planner.statement.TableName;

/**
 * A run as stored in {@code runs}: everything that is needed to resume it.
 *
 * @param statement its text
 * @param kind {@code run} or {@code predict}
 * @param task {@code detect} or {@code classify}
 * @param target with its database; empty if the rows are only shown
 * @param mode what happens to an existing target
 * @param imageRoot the base of relative paths
 */
public record RunRecord(
    String runId,
    String statement,
    String kind,
    String task,
    String program,
    RunOptions options,
    String model,
    int modelVersion,
    Optional<TableName> target,
    WriteMode mode,
    ResultLayout layout,
    String imageRoot) {
  public RunRecord {
    requireNonNull(runId, "runId is null");
    requireNonNull(options, "options is null");
    requireNonNull(target, "target is null");
    requireNonNull(mode, "mode is null");
    requireNonNull(layout, "layout is null");
    requireNonNull(imageRoot, "imageRoot is null");
  }

  /** The same run with other options. */
  public RunRecord withOptions(RunOptions newOptions) {
    return new RunRecord(
        runId,
        statement,
        kind,
        task,
        program,
        newOptions,
        model,
        modelVersion,
        target,
        mode,
        layout,
        imageRoot);
  }

  /** The table that receives its rows. */
  public ResultTable result() {
    return new ResultTable(runId, target, mode == WriteMode.APPEND && target.isPresent());
  }
}
