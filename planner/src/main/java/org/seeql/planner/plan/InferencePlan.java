package org.seeql.planner.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seeql.planner.statement.SourcePosition;
import org.seeql.planner.statement.TableName;

/**
 * One run of a model over a selection, as far as it is known without the database.
 *
 * @param position where the statement starts
 * @param select the selection, in the database's own SQL
 * @param task the task of the program; empty if the model determines it, for all clauses but TO RUN
 * @param model name of a registered model; empty if it is not chosen yet
 * @param target the table for the rows; if empty, they are only shown
 * @param predictionColumn the column that TO PREDICT names for its answer; empty if it names none
 * @param program the first item of CMD; the word of the clause for all others: {@code predict}
 */
public record InferencePlan(
    SourcePosition position,
    String select,
    Optional<VisionTask> task,
    String model,
    RunOptions options,
    Optional<TableName> target,
    Optional<String> predictionColumn,
    Kind kind,
    String program)
    implements StatementPlan {

  /** The reason why {@code only_new} requires a target. */
  public static final String ONLY_NEW_NEEDS_INTO =
      "only_new needs INTO: it excludes the images that the target has, and there is no target";

  /**
   * Refuses {@code only_new} without a target.
   *
   * @throws PlanningException if the plan has {@code only_new} and no target
   */
  public void requireTargetOfOnlyNew() {
    if (options.onlyNew() && target.isEmpty()) {
      throw new PlanningException(position, List.of(ONLY_NEW_NEEDS_INTO));
    }
  }

  /** The clause that requests the run. */
  public enum Kind {
    RUN,
    PREDICT,
    EVALUATE,
    EXPLAIN,
    FIND,
    TRAIN;

    /** The clause as stored with a run: {@code predict}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The clause that is stored as this word. */
    public static Kind of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  public InferencePlan {
    requireNonNull(position, "position is null");
    requireNonNull(select, "select is null");
    requireNonNull(task, "task is null");
    requireNonNull(model, "model is null");
    requireNonNull(options, "options is null");
    requireNonNull(target, "target is null");
    requireNonNull(predictionColumn, "predictionColumn is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(program, "program is null");
  }

  @Override
  public InferencePlan withoutTarget() {
    return new InferencePlan(
        position, select, task, model, options, Optional.empty(), predictionColumn, kind, program);
  }

  /** The same run with another model. */
  public InferencePlan withModel(String name) {
    return new InferencePlan(
        position, select, task, name, options, target, predictionColumn, kind, program);
  }

  @Override
  public InferencePlan run() {
    return this;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitInference(this);
  }
}
