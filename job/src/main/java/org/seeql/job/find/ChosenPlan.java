package org.seeql.job.find;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import org.seeql.job.inference.BoundModel;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.planner.optimizer.ChoiceProblem;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.plan.OptionSet;
import org.seeql.planner.plan.RunOptions;

/**
 * The models that answer a question, chosen.
 *
 * @param problem that the plan solves
 * @param work the plan with its models
 * @param iou the overlap above which the weaker of two boxes is dropped
 * @param dataset whose profiles counted; empty where none was needed
 * @param notes sentences for the user; may be empty
 * @param planning how long the choice took
 */
public record ChosenPlan(
    ChoiceProblem problem,
    PlannedModels work,
    double iou,
    String dataset,
    List<String> notes,
    Duration planning) {
  public ChosenPlan {
    requireNonNull(problem, "problem is null");
    requireNonNull(work, "work is null");
    requireNonNull(dataset, "dataset is null");
    notes = List.copyOf(notes);
    requireNonNull(planning, "planning is null");
  }

  public DecisionPlan plan() {
    return work.plan();
  }

  /** How the images are run: every model with its own threshold, so the lowest one is asked for. */
  public RunOptions runOptions(RunOptions said) {
    double least = work.models().stream().mapToDouble(BoundModel::threshold).min().orElse(1);
    return RunOptions.parse(
        OptionSet.of(said.toMap(), "the statement")
            .with("confidence", Double.toString(least), "the plan")
            .with("iou", Double.toString(iou), "the plan"));
  }
}
