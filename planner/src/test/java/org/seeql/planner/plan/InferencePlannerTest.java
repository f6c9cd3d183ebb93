package org.seeql.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.option.OptionTable;
import org.seeql.planner.option.ResultShape;
import org.seeql.planner.statement.AttributeValue;
import org.seeql.planner.statement.Attributes;
import org.seeql.planner.statement.ModelName;
import org.seeql.planner.statement.PredictStatement;
import org.seeql.planner.statement.RunStatement;
import org.seeql.planner.statement.SourcePosition;
import org.seeql.planner.statement.TableName;

class InferencePlannerTest {
  private static final ProgramCatalog CATALOG = ProgramCatalog.standard();

  @Test
  void plansTheThesisExample32() {
    InferencePlan plan =
        InferencePlanner.plan(
            run(
                "run_yolov5.py",
                "--dataset=coco_val",
                "--image_dir=/datasets/coco/val/val2017",
                "--repository=ultralytics/yolov5",
                "--model=yolov5s"),
            CATALOG,
            OptionSet.NONE);

    assertThat(plan.task()).contains(VisionTask.DETECT);
    assertThat(plan.model()).isEqualTo("yolov5s");
    assertThat(plan.target()).contains(TableName.of("result"));
    assertThat(plan.options().imageDir()).contains("/datasets/coco/val/val2017");
    assertThat(plan.options().dataset()).contains("coco_val");
    assertThat(plan.options().values().find(OptionTable.REPOSITORY)).contains("ultralytics/yolov5");
    assertThat(plan.kind()).isEqualTo(InferencePlan.Kind.RUN);
    assertThat(plan.program()).isEqualTo("run_yolov5.py");
  }

  @Test
  void plansTheThesisExample42() {
    InferencePlan plan =
        InferencePlanner.plan(
            run(
                "run_yolov5_variation.py",
                "--model=yolov5s",
                "--latency=50",
                "--accuracy=0.75",
                "--class_coverage=1,2,3,4,5"),
            CATALOG,
            OptionSet.NONE);

    assertThat(plan.options().variation())
        .contains(new Variation(Duration.ofMillis(50), 0.75, Optional.of(Set.of(1, 2, 3, 4, 5))));
  }

  @Test
  void readsTheArgumentsOfTheOlderProgramInItsOwnUnits() {
    InferencePlan plan =
        InferencePlanner.plan(
            run(
                "yolov3_detect_variant.py",
                "--dataset=coco",
                "--model=yolov3",
                "--latency=0.05",
                "--lag=100",
                "--tasks=1,2,3,4,5"),
            CATALOG,
            OptionSet.NONE);

    assertThat(plan.options().variation())
        .contains(new Variation(Duration.ofMillis(50), 0.99, Optional.of(Set.of(1, 2, 3, 4, 5))));
  }

  @Test
  void aNumberOfAnExperimentNamesItsModel() {
    InferencePlan plan =
        InferencePlanner.plan(
            run("yolov3_detect_variant.py", "--experiment_index=2"), CATALOG, OptionSet.NONE);

    assertThat(plan.model()).isEqualTo("experiment_2");
  }

  @Test
  void refusesANumberOfAnExperimentNextToAModel() {
    RunStatement statement =
        run("yolov3_detect_variant.py", "--model=yolov3", "--experiment_index=2");

    assertThatThrownBy(() -> InferencePlanner.plan(statement, CATALOG, OptionSet.NONE))
        .isInstanceOf(PlanningException.class)
        .hasMessage(
            "Cannot run the statement at line 3, column 1: --model and --experiment_index of"
                + " yolov3_detect_variant.py have the same meaning; remove one of them");
  }

  @ParameterizedTest
  @ValueSource(strings = {"run_yolov5.py", "run_yolov5_variation.py", "yolov3_detect_variant.py"})
  void theThesisProgramsWriteWideResults(String program) {
    assertThat(resultOf(run(program, "--model=m"))).isEqualTo(ResultShape.WIDE);
    assertThat(resultOf(run(program, "--model=m", "--result=long"))).isEqualTo(ResultShape.LONG);
    assertThat(resultOf(run("detect", "--model=m"))).isEqualTo(ResultShape.LONG);
  }

  @Test
  void theProgramOfTensorFlowHasItsOwnModel() {
    InferencePlan plan =
        InferencePlanner.plan(
            run("tf_object_detection.py", "--dataset=voc"), CATALOG, OptionSet.NONE);

    assertThat(plan.model()).isEqualTo("ssd_resnet50_v1_fpn_640x640_coco17_tpu-8");
    assertThat(plan.options().result()).isEqualTo(ResultShape.WIDE);
  }

  private static ResultShape resultOf(RunStatement statement) {
    return InferencePlanner.plan(statement, CATALOG, OptionSet.NONE).options().result();
  }

  @Test
  void takesArgumentsInEveryWayOfWritingThem() {
    InferencePlan plan =
        InferencePlanner.plan(
            run("detect", "--model", "m", "--mode=append", "--only_new", "--batch-size", "4"),
            CATALOG,
            OptionSet.NONE);

    assertThat(plan.model()).isEqualTo("m");
    assertThat(plan.options().onlyNew()).isTrue();
    assertThat(plan.options().batchSize()).hasValue(4);
  }

  @Test
  void aProgramCanHaveItsOwnModel() {
    ProgramCatalog catalog =
        ProgramCatalog.load(
            new java.io.StringReader("programs: {p: {task: detect, options: {model: own}}}"));

    assertThat(InferencePlanner.plan(run("p"), catalog, OptionSet.NONE).model()).isEqualTo("own");
    assertThat(InferencePlanner.plan(run("p", "--model=m"), catalog, OptionSet.NONE).model())
        .isEqualTo("m");
  }

  @Test
  void theStatementWinsOverTheCommandLineAndThatOverTheProgram() {
    ProgramCatalog catalog =
        ProgramCatalog.load(
            new java.io.StringReader(
                "programs: {p: {task: classify, options: {iou: 0.1, confidence: 0.1, top_k: 3}}}"));
    OptionSet commandLine =
        OptionSet.of(Map.of("confidence", "0.2", "top_k", "4"), "the command line");

    RunOptions options =
        InferencePlanner.plan(run("p", "--model=m", "--top_k=5"), catalog, commandLine).options();

    assertThat(options.iou()).isEqualTo(0.1);
    assertThat(options.confidence()).isEqualTo(0.2);
    assertThat(options.topK()).isEqualTo(5);
  }

  @Test
  void refusesAProgramThatItDoesNotKnowAndSaysWhereItRuns() {
    assertThatThrownBy(() -> InferencePlanner.plan(run("detct"), CATALOG, OptionSet.NONE))
        .isInstanceOf(PlanningException.class)
        .hasMessage(
            "Cannot run the statement at line 3, column 1: Unknown program 'detct'; known: detect,"
                + " tag, embed, classify, run_yolov5.py, tf_object_detection.py, yolov3_detect_variant.py,"
                + " run_yolov5_variation.py. Any other program of an image runs as a container"
                + " step on Kubernetes, with `seeql submit --allow-image=a/b:1`");
  }

  @Test
  void refusesARunWithoutAProgram() {
    assertThatThrownBy(() -> InferencePlanner.plan(run(), CATALOG, OptionSet.NONE))
        .isInstanceOf(PlanningException.class)
        .hasMessage(
            "Cannot run the statement at line 3, column 1: TO RUN a/b:1 has no program; start CMD with a program of SeeQL (detect, classify, tag, embed, run_yolov5.py,"
                + " run_yolov5_variation.py, yolov3_detect_variant.py, tf_object_detection.py). Any"
                + " other program of an image runs as a container step on Kubernetes, with `seeql"
                + " submit --allow-image=a/b:1`");
  }

  @Test
  void tellsEveryProblemOfAStatementAtOnce() {
    RunStatement statement =
        new RunStatement(
            new SourcePosition(3, 1),
            "SELECT 1",
            "a/b:1",
            List.of("detect", "--iou=x", "stray", "--iou=0.5", "--iou=2"),
            List.of(TableName.of("a"), TableName.of("d", "b")));

    assertThatThrownBy(() -> InferencePlanner.plan(statement, CATALOG, OptionSet.NONE))
        .isInstanceOf(PlanningException.class)
        .hasMessage(
            "Cannot run the statement at line 3, column 1: 6 problems\n"
                + "  - Unexpected argument 'stray' in CMD: options are written --name=value\n"
                + "  - Option 'iou' is given twice in CMD\n"
                + "  - Option 'iou' is given twice in CMD\n"
                + "  - Program 'detect' needs a model: add \"--model=NAME\" to CMD; SHOW MODELS"
                + " lists the names\n"
                + "  - Program 'detect' writes one table, but INTO names 2: a, d.b\n"
                + "  - Invalid value for iou: '2' (a number from 0 to 1); it comes from CMD")
        .extracting(e -> ((PlanningException) e).position())
        .isEqualTo(Optional.of(new SourcePosition(3, 1)));
  }

  @Test
  void plansAPrediction() {
    InferencePlan plan =
        InferencePlanner.plan(
                predict(Map.of("batch_size", new AttributeValue.StringValue("8"))), OptionSet.NONE)
            .run();

    assertThat(plan.kind()).isEqualTo(InferencePlan.Kind.PREDICT);
    assertThat(plan.task()).isEmpty();
    assertThat(plan.model()).isEqualTo("resnet");
    assertThat(plan.target()).contains(TableName.of("d", "t"));
    assertThat(plan.predictionColumn()).contains("kind");
    assertThat(plan.options().batchSize()).isEqualTo(OptionalInt.of(8));
  }

  @Test
  void refusesASecondModelInThePredictionsAttributes() {
    assertThatThrownBy(
            () ->
                InferencePlanner.plan(
                    predict(Map.of("model", new AttributeValue.StringValue("x"))), OptionSet.NONE))
        .isInstanceOf(PlanningException.class)
        .hasMessage(
            "Cannot run the statement at line 1, column 1: TO PREDICT takes its model from USING, not from WITH");
  }

  private static RunStatement run(String... command) {
    return new RunStatement(
        new SourcePosition(3, 1),
        "SELECT * FROM images",
        "a/b:1",
        List.of(command),
        List.of(TableName.of("result")));
  }

  private static PredictStatement predict(Map<String, AttributeValue> with) {
    return new PredictStatement(
        new SourcePosition(1, 1),
        "SELECT * FROM images",
        TableName.of("d", "t"),
        Optional.of("kind"),
        new Attributes(with),
        ModelName.of("resnet"));
  }
}
