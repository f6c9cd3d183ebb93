package org.seeql.job.find;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.planner.optimizer.ChoiceProblem;
import org.seeql.planner.optimizer.ModelPlan;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.plan.RunOptions;

/**
 * The chosen models and plan for a question about classes.
 *
 * @param problem the problem that the plan solves; for a cascade, the same problem for the other
 *     strategies
 * @param work the plan with its models
 * @param iou the IoU threshold of non-maximum suppression
 * @param dataset the data set whose profiles were used; empty if none was needed
 * @param audit the audit of the run, if it requests one
 * @param notes sentences for the user; may be empty
 * @param planning duration of the choice
 */
public record ChosenPlan(
    ChoiceProblem problem,
    PlannedModels work,
    double iou,
    String dataset,
    Optional<AuditRequest> audit,
    List<String> notes,
    Duration planning) {
  public ChosenPlan {
    requireNonNull(problem, "problem is null");
    requireNonNull(work, "work is null");
    requireNonNull(dataset, "dataset is null");
    requireNonNull(audit, "audit is null");
    notes = List.copyOf(notes);
    requireNonNull(planning, "planning is null");
  }

  public ModelPlan plan() {
    return work.plan();
  }

  /** The options of the run. Each model has its own threshold; the run requests the lowest one. */
  public RunOptions runOptions(RunOptions requested) {
    return requested
        .with(OptionTable.CONFIDENCE, work.lowestThreshold())
        .with(OptionTable.IOU, iou);
  }
}
