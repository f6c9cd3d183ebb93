package org.seeql.job.find;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.seeql.job.inference.BoundModel;
import org.seeql.job.inference.ModelAssignment.Kept;
import org.seeql.job.inference.ModelAssignment.PlannedModels;
import org.seeql.planner.model.Priors;
import org.seeql.planner.optimizer.ChoiceProblem;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.optimizer.Optimality;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.plan.RunOptions;
import org.seeql.planner.predicate.Predicate;
import org.seeql.udf.image.InputFormat;
import org.seeql.udf.layout.Activation;
import org.seeql.udf.layout.OutputLayouts;
import org.seeql.udf.model.Engine;
import org.seeql.udf.model.ModelDescription;
import org.seeql.udf.model.ModelFile;

class ChosenPlanTest {
  private static final Predicate PERSON = new Predicate.Presence("person");
  private static final Predicate ALWAYS =
      new Predicate.Or(List.of(PERSON, new Predicate.Not(PERSON)));
  private static final RunOptions REQUESTED =
      RunOptions.parse(
          OptionSet.of(
              Map.of("confidence", "0.9", "iou", "0.9", "batch_size", "4"), "the statement"));

  @Test
  void aRunRequestsTheLowestThresholdOfItsModels() {
    ChosenPlan chosen =
        chosen(
            Plans.twoModels(new Optimality.Exact()),
            0.6,
            model("scout", 0.5),
            model("ranger", 0.2));

    RunOptions options = chosen.runOptions(REQUESTED);

    assertThat(options.confidence()).isEqualTo(0.2);
    assertThat(options.iou()).isEqualTo(0.6);
  }

  @Test
  void aRunKeepsTheOtherOptionsOfTheStatement() {
    ChosenPlan chosen =
        chosen(
            Plans.twoModels(new Optimality.Exact()), 0.45, model("scout", 0), model("ranger", 1));

    Map<String, String> options = new TreeMap<>(chosen.runOptions(REQUESTED).toMap());

    assertThat(options).containsEntry("confidence", "0.0").containsEntry("batch_size", "4");
    Map<String, String> requested = new TreeMap<>(REQUESTED.toMap());
    options.keySet().removeAll(List.of("confidence", "iou"));
    requested.keySet().removeAll(List.of("confidence", "iou"));
    assertThat(options).isEqualTo(requested);
  }

  @Test
  void aPlanWithoutModelsNeedsNoDetections() {
    assertThat(chosen(Plans.constant(true), 0.45).runOptions(REQUESTED).confidence()).isEqualTo(1);
  }

  @Test
  void anExplanationHasTheNotesAndTheDataSet() {
    ChosenPlan chosen = chosen(Plans.constant(true), 0.45);

    PlanExplanation explanation = PlanExplanation.of(chosen);

    assertThat(explanation.text())
        .startsWith("found\n\nexpected cost  0.00 ms per image\n")
        .contains(
            "\nplanning       1.5 ms\nprofiles       on pets\nnote           a note\n\nstrategy ");
    assertThat(explanation.document())
        .containsEntry("profiles", "pets")
        .containsEntry("notes", List.of("a note"));
    assertThat((List<?>) explanation.document().get("strategies")).hasSize(4);
  }

  private static ChosenPlan chosen(DecisionPlan plan, double iou, BoundModel... models) {
    return new ChosenPlan(
        ChoiceProblem.of(ALWAYS, Priors.of(new TreeMap<>()), List.of()),
        new PlannedModels(plan, List.of(models), Kept.FOUND),
        iou,
        "pets",
        Optional.empty(),
        List.of("a note"),
        Duration.ofNanos(1_500_000));
  }

  private static BoundModel model(String name, double threshold) {
    return new BoundModel(
        new ModelDescription(
            name,
            OutputLayouts.of("yolov8"),
            InputFormat.rgb(64, 64),
            List.of("person", "cat", "dog"),
            List.of(new ModelFile(Engine.ONNX, URI.create("file:///m.onnx"), "0".repeat(64))),
            Activation.NONE,
            List.of()),
        1,
        new TreeMap<>(Map.of("person", "person")),
        threshold);
  }
}
