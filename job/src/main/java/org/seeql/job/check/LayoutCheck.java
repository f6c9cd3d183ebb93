package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.seeql.database.ledger.ResultLayout;
import org.seeql.database.ledger.SelectColumns;
import org.seeql.job.inference.ModelAssignment.Kept;
import org.seeql.job.inference.ResultLayouts;
import org.seeql.job.model.RegisteredModel;
import org.seeql.planner.option.ResultShape;
import org.seeql.planner.plan.EvaluationOptions;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.plan.RunOptions;
import org.seeql.udf.model.ModelDescription;

/** Determines and checks the columns that a run writes. For one statement. */
final class LayoutCheck {
  private static final String DEFAULT_PREDICTION = "prediction";

  private final Consumer<String> problems;

  LayoutCheck(Consumer<String> problems) {
    this.problems = requireNonNull(problems, "problems is null");
  }

  /** The columns of a search. */
  Optional<ResultLayout> found(InferencePlan plan, Kept kept, SelectColumns columns) {
    return layout(
        plan,
        columns,
        (id, path) -> Optional.of(ResultLayouts.found(kept, columns.labels(), id, path, problems)));
  }

  /**
   * The columns of a run; empty if the model or the image columns are not known.
   *
   * @param earlier the columns of an earlier wide result, which the run extends
   */
  Optional<ResultLayout> of(
      InferencePlan plan,
      Optional<RegisteredModel> model,
      SelectColumns columns,
      List<String> earlier) {
    return layout(
        plan,
        columns,
        (id, path) -> model.map(m -> of(plan, m.description(), columns, earlier, id, path)));
  }

  /**
   * The columns of the run of an evaluation; empty if the model or the image columns are not known.
   */
  Optional<ResultLayout> evaluated(
      InferencePlan plan,
      EvaluationOptions evaluation,
      Optional<RegisteredModel> model,
      SelectColumns columns) {
    Optional<String> label = evaluation.label().flatMap(columns::find);
    return layout(
        plan,
        columns,
        (id, path) ->
            model.map(
                m ->
                    evaluation.keepMatches()
                        ? ResultLayouts.packedWithPath(label, id, path)
                        : ResultLayouts.packed(label, id, path)));
  }

  /** The columns of explanations. */
  Optional<ResultLayout> explained(InferencePlan plan, SelectColumns columns) {
    return layout(plan, columns, (id, path) -> Optional.of(ResultLayouts.explained(id, path)));
  }

  /** The layout for the id and path columns of a plan; empty if one of them is not known. */
  private Optional<ResultLayout> layout(
      InferencePlan plan,
      SelectColumns columns,
      BiFunction<String, String, Optional<ResultLayout>> layout) {
    ImageColumns images = new ImageColumns(columns, problems);
    Optional<String> path = images.path(plan.options().pathColumn());
    Optional<String> id = images.id(plan.options().idColumn());
    return path.isEmpty() || id.isEmpty() ? Optional.empty() : layout.apply(id.get(), path.get());
  }

  private ResultLayout of(
      InferencePlan plan,
      ModelDescription model,
      SelectColumns columns,
      List<String> earlier,
      String id,
      String path) {
    return switch (plan.kind()) {
      case PREDICT ->
          ResultLayouts.prediction(
              model,
              plan.predictionColumn().orElse(DEFAULT_PREDICTION),
              columns.labels(),
              id,
              path,
              problems);
      case RUN, EVALUATE, EXPLAIN, FIND, TRAIN -> shaped(plan, model, earlier, id, path);
    };
  }

  private ResultLayout shaped(
      InferencePlan plan, ModelDescription model, List<String> earlier, String id, String path) {
    ResultShape shape = plan.options().result();
    if (shape != ResultShape.WIDE) {
      return ResultLayouts.of(shape, model, id, path);
    }
    if (!model.layout().hasClasses()) {
      problems.accept(
          "Cannot write a wide result with model '%s': it returns vectors, and a wide result has one column per class; use --result=long"
              .formatted(model.name()));
      return ResultLayouts.of(ResultShape.LONG, model, id, path);
    }
    return ResultLayouts.wide(model, covered(plan.options(), model), earlier, id, path, problems);
  }

  /** The classes that a run can find. */
  private static Set<String> covered(RunOptions options, ModelDescription model) {
    List<String> labels = model.labels();
    Set<String> covered = new LinkedHashSet<>(model.coveredLabels());
    options
        .variation()
        .flatMap(v -> v.classCoverage())
        .ifPresent(
            ids ->
                covered.retainAll(
                    ids.stream()
                        .filter(i -> i >= 0 && i < labels.size())
                        .map(labels::get)
                        .toList()));
    return covered;
  }
}
