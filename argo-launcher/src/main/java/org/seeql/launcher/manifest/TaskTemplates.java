package org.seeql.launcher.manifest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.seeql.launcher.graph.Task;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.option.DeviceChoice;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.plan.PlanningException;
import org.seeql.planner.plan.ProgramCatalog;
import org.seeql.planner.plan.StatementPlan;
import org.seeql.planner.plan.StatementPlans;
import org.seeql.planner.statement.CreateModelStatement;
import org.seeql.planner.statement.DescribeModelStatement;
import org.seeql.planner.statement.DropModelStatement;
import org.seeql.planner.statement.EvaluateStatement;
import org.seeql.planner.statement.ExplainPlanStatement;
import org.seeql.planner.statement.ExplainStatement;
import org.seeql.planner.statement.FindStatement;
import org.seeql.planner.statement.PredictStatement;
import org.seeql.planner.statement.RunStatement;
import org.seeql.planner.statement.ShowModelsStatement;
import org.seeql.planner.statement.ShowRunsStatement;
import org.seeql.planner.statement.ShowTrainStatement;
import org.seeql.planner.statement.SqlStatement;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TrainStatement;

/**
 * Builds the Argo templates of a program's tasks. Inference runs on Spark. Statements of the
 * database or the model repository run in a light step, and user programs in their own containers.
 * Only inference is retried: a plain INSERT whose pod is lost may already have been executed.
 */
final class TaskTemplates {
  private static final String OUTCOME = "outcome";

  /**
   * Apache's operator overwrites the outcome when it releases the pods, and keeps it only in a
   * history.
   */
  private static final String APACHE_END =
      "status.currentState.currentStateSummary in"
          + " (ResourceReleased, TerminatedWithoutReleaseResources)";

  private static final String APACHE_NEVER = "status.currentState.currentStateSummary == None";
  private static final String APACHE_OUTCOME =
      "if ([.status.stateTransitionHistory[].currentStateSummary] | any(. == \"Succeeded\"))"
          + " then \"Succeeded\" else \"Failed\" end";

  private final Submission submission;
  private final ProgramCatalog programs;
  private final StepContainers containers;
  private final SparkTask spark;
  private final PodFiles files;

  TaskTemplates(Submission submission, ProgramCatalog programs) {
    this.submission = submission;
    this.programs = programs;
    this.containers = new StepContainers(submission);
    this.spark = new SparkTask(submission);
    this.files = new PodFiles(submission.stores());
  }

  /** The name of a task and of its main template. */
  static String name(Task task) {
    return "statement-" + (task.index() + 1);
  }

  /** The templates of a task; the first is the task's own. */
  List<Workflow.Template> of(Task task) {
    int number = task.index() + 1;
    return task.statement().accept(new Kinds(name(task), number)).stream()
        .map(template -> labelled(template, number))
        .toList();
  }

  /** Labels the pods of a template. A template of steps has no pod. */
  private static Workflow.Template labelled(Workflow.Template template, int statement) {
    return template.work() instanceof Workflow.Work.OfSteps
        ? template
        : template.withLabel(Labels.STATEMENT, String.valueOf(statement));
  }

  /** Additional keys and texts of the program's ConfigMap that a task reads. */
  Map<String, String> texts(Task task) {
    return findForeign(task.statement())
        .map(run -> Map.of(StepContainers.selectKey(task.index() + 1), run.select()))
        .orElse(Map.of());
  }

  /** The statement, if it runs a user's program in a container of its own. */
  private Optional<RunStatement> findForeign(Statement statement) {
    return statement instanceof RunStatement run && programs.find(run).isEmpty()
        ? Optional.of(run)
        : Optional.empty();
  }

  private final class Kinds implements Statement.Visitor<List<Workflow.Template>> {
    private final String name;
    private final int number;

    Kinds(String name, int number) {
      this.name = name;
      this.number = number;
    }

    @Override
    public List<Workflow.Template> visitRun(RunStatement statement) {
      return findForeign(statement).map(this::foreign).orElseGet(() -> onSpark(statement));
    }

    @Override
    public List<Workflow.Template> visitPredict(PredictStatement statement) {
      return onSpark(statement);
    }

    @Override
    public List<Workflow.Template> visitFind(FindStatement statement) {
      return onSpark(statement);
    }

    @Override
    public List<Workflow.Template> visitEvaluate(EvaluateStatement statement) {
      return onSpark(statement);
    }

    @Override
    public List<Workflow.Template> visitTrain(TrainStatement statement) {
      throw new SubmissionException(
          "Cannot submit the statement at %s: TO TRAIN runs only on one machine, because its model would be lost with the pod; execute it with `seeql run`"
              .formatted(statement.position()));
    }

    @Override
    public List<Workflow.Template> visitExplain(ExplainStatement statement) {
      return onSpark(statement);
    }

    @Override
    public List<Workflow.Template> visitSql(SqlStatement statement) {
      return light();
    }

    @Override
    public List<Workflow.Template> visitCreateModel(CreateModelStatement statement) {
      files.requireModel(statement);
      return light();
    }

    @Override
    public List<Workflow.Template> visitDropModel(DropModelStatement statement) {
      return light();
    }

    @Override
    public List<Workflow.Template> visitShowRuns(ShowRunsStatement statement) {
      return light();
    }

    @Override
    public List<Workflow.Template> visitShowModels(ShowModelsStatement statement) {
      return light();
    }

    @Override
    public List<Workflow.Template> visitDescribeModel(DescribeModelStatement statement) {
      return light();
    }

    @Override
    public List<Workflow.Template> visitShowTrain(ShowTrainStatement statement) {
      return light();
    }

    @Override
    public List<Workflow.Template> visitExplainPlan(ExplainPlanStatement statement) {
      findForeign(statement.statement())
          .ifPresent(
              run -> {
                throw new SubmissionException(
                    "Cannot submit the statement at %s: EXPLAIN explains only programs that SeeQL runs itself, not a program of %s"
                        .formatted(statement.position(), run.image()));
              });
      if (statement.extent() == ExplainPlanStatement.Extent.ANALYZE) {
        return statement.statement().accept(this);
      }
      check(statement.statement());
      return light();
    }

    /** Validates a statement at submission, so that it does not fail only when it runs. */
    private void check(Statement statement) {
      try {
        StatementPlans.of(statement, programs, submission.options())
            .map(StatementPlan::run)
            .ifPresent(
                plan -> {
                  plan.requireTargetOfOnlyNew();
                  SubmissionProblems problems = new SubmissionProblems();
                  plan.options()
                      .imageDir()
                      .ifPresent(
                          folder ->
                              problems.note(() -> files.requireImageDir(plan.position(), folder)));
                  problems.note(() -> requireGpus(plan));
                  problems.refuse();
                });
      } catch (PlanningException e) {
        throw new SubmissionException(e.getMessage(), e);
      }
    }

    private void requireGpus(InferencePlan plan) {
      if (plan.options().device() == DeviceChoice.GPU && submission.executors().gpus() == 0) {
        throw new SubmissionException(
            "Cannot submit the statement at %s: device 'gpu' needs executors with a GPU; add --executor-gpus=1, or use device 'auto' or 'cpu'"
                .formatted(plan.position()));
      }
    }

    private List<Workflow.Template> onSpark(Statement statement) {
      check(statement);
      return switch (submission.operator()) {
        case KUBEFLOW ->
            List.of(
                new Workflow.Template(
                    name,
                    new Workflow.Work.OfResource(
                        created(
                            spark.kubeflow(number),
                            KubeflowApplication.SUCCESS,
                            KubeflowApplication.FAILURE))));
        case APACHE -> apache();
        case NONE ->
            List.of(
                new Workflow.Template(
                        name, new Workflow.Work.OfContainer(containers.sparkSubmit(number)))
                    .withAccount(submission.settings().accounts().driver())
                    .withRetries(SparkTask.retries(submission)));
      };
    }

    private List<Workflow.Template> apache() {
      Workflow.Parameter outcome =
          Workflow.Parameter.of(
              OUTCOME, "{{steps.application.outputs.parameters." + OUTCOME + "}}");
      return List.of(
          new Workflow.Template(
              name,
              Workflow.Work.OfSteps.inTurn(
                  new Workflow.Step("application", name + "-application"),
                  new Workflow.Step(
                      OUTCOME,
                      name + "-" + OUTCOME,
                      Optional.of(Workflow.Parameters.of(outcome)),
                      ""))),
          new Workflow.Template(
                  name + "-application",
                  new Workflow.Work.OfResource(
                      created(spark.apache(number), APACHE_END, APACHE_NEVER)))
              .withOutput(Workflow.Parameter.filtered(OUTCOME, APACHE_OUTCOME)),
          new Workflow.Template(
                  name + "-" + OUTCOME, new Workflow.Work.OfContainer(containers.judge(OUTCOME)))
              .withAccount(submission.settings().accounts().container())
              .withInput(Workflow.Parameter.named(OUTCOME)));
    }

    private List<Workflow.Template> light() {
      return List.of(
          new Workflow.Template(name, new Workflow.Work.OfContainer(containers.light(number)))
              .withAccount(submission.settings().accounts().container()));
    }

    private List<Workflow.Template> foreign(RunStatement statement) {
      if (statement.isShort()) {
        throw new SubmissionException(
            "Cannot submit the statement at %s: %s; a program of an image needs CMD instead of WITH"
                .formatted(
                    statement.position(),
                    NearestNames.unknown("program", statement.image(), programs.names())));
      }
      if (!submission.containers().allows(statement.image())) {
        throw new SubmissionException(
            "Cannot submit the statement at %s: the image %s is not allowed (allowed: %s); --allow-image=%s allows it; SeeQL itself runs %s"
                .formatted(
                    statement.position(),
                    statement.image(),
                    submission.containers().images().isEmpty()
                        ? "none"
                        : String.join(", ", submission.containers().images()),
                    statement.image(),
                    String.join(", ", programs.names())));
      }
      return List.of(
          new Workflow.Template(
                  name, new Workflow.Work.OfContainer(containers.foreign(statement, number)))
              .withAccount(submission.settings().accounts().container()));
    }
  }

  private Workflow.Resource created(Object application, String success, String failure) {
    return new Workflow.Resource(
        "create", Optional.of(true), success, failure, Manifests.yaml(application));
  }
}
