package org.seeql.launcher.manifest;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seeql.launcher.graph.Task;
import org.seeql.planner.plan.ProgramCatalog;
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
import org.seeql.planner.statement.ShowTrainStatement;
import org.seeql.planner.statement.SqlStatement;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TableName;
import org.seeql.planner.statement.TrainStatement;

/**
 * Argo's templates of a program's tasks: Spark for what infers, a light step for what the database
 * or the model repository does, and a container of its own for any other program. Only what infers
 * is tried again: a plain INSERT whose pod is lost may have been done.
 */
final class TaskTemplates {
  private static final String OUTCOME = "outcome";
  private static final String SEEQL = "/opt/seeql/bin/seeql";
  private static final String SPARK_SUBMIT = "/opt/spark/bin/spark-submit";

  /** Apache's operator forgets the outcome with the pods, and keeps it in a history only. */
  private static final String APACHE_END =
      "status.currentState.currentStateSummary in"
          + " (ResourceReleased, TerminatedWithoutReleaseResources)";

  private static final String APACHE_NEVER = "status.currentState.currentStateSummary == None";
  private static final String APACHE_OUTCOME =
      "if ([.status.stateTransitionHistory[].currentStateSummary] | any(. == \"Succeeded\"))"
          + " then \"Succeeded\" else \"Failed\" end";

  private final Submission submission;
  private final ProgramCatalog programs;
  private final PodParts pods;
  private final SparkTask spark;

  TaskTemplates(Submission submission, ProgramCatalog programs) {
    this.submission = submission;
    this.programs = programs;
    this.pods = new PodParts(submission);
    this.spark = new SparkTask(submission);
  }

  /** The name of a task, and of the template that the task begins with. */
  static String name(Task task) {
    return "statement-" + (task.index() + 1);
  }

  /** The templates of a task; the first is the task's own. */
  List<Workflow.Template> of(Task task) {
    return task.statement().accept(new Kinds(name(task), task.index() + 1));
  }

  /** Keys and texts of the program's ConfigMap that a task reads, beside the program. */
  Map<String, String> texts(Task task) {
    return task.statement() instanceof RunStatement run && isForeign(run)
        ? Map.of(selectKey(task.index() + 1), run.select())
        : Map.of();
  }

  private boolean isForeign(RunStatement run) {
    return run.command().isEmpty() || programs.find(run.command().get(0)).isEmpty();
  }

  private static String selectKey(int statement) {
    return "select-" + statement + ".sql";
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
      return isForeign(statement) ? foreign(statement) : onSpark();
    }

    @Override
    public List<Workflow.Template> visitPredict(PredictStatement statement) {
      return onSpark();
    }

    @Override
    public List<Workflow.Template> visitFind(FindStatement statement) {
      return onSpark();
    }

    @Override
    public List<Workflow.Template> visitEvaluate(EvaluateStatement statement) {
      return onSpark();
    }

    @Override
    public List<Workflow.Template> visitSql(SqlStatement statement) {
      return light();
    }

    @Override
    public List<Workflow.Template> visitCreateModel(CreateModelStatement statement) {
      return light();
    }

    @Override
    public List<Workflow.Template> visitDropModel(DropModelStatement statement) {
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
    public List<Workflow.Template> visitExplainPlan(ExplainPlanStatement statement) {
      return light();
    }

    @Override
    public List<Workflow.Template> visitShowTrain(ShowTrainStatement statement) {
      throw notYet(statement, "SHOW TRAIN");
    }

    @Override
    public List<Workflow.Template> visitTrain(TrainStatement statement) {
      throw notYet(statement, "TO TRAIN");
    }

    @Override
    public List<Workflow.Template> visitExplain(ExplainStatement statement) {
      throw notYet(statement, "TO EXPLAIN");
    }

    private SubmissionException notYet(Statement statement, String clause) {
      return new SubmissionException(
          "Cannot submit the statement at %s: %s is understood, but this version cannot run it yet"
              .formatted(statement.position(), clause));
    }

    private List<Workflow.Template> onSpark() {
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
                new Workflow.Template(name, new Workflow.Work.OfContainer(sparkSubmit(number)))
                    .withAccount(ServiceAccounts.SPARK_DRIVER)
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
          new Workflow.Template(name + "-" + OUTCOME, new Workflow.Work.OfContainer(judge()))
              .withInput(Workflow.Parameter.named(OUTCOME)));
    }

    private List<Workflow.Template> light() {
      Container container =
          container(submission.image())
              .withCommand(SEEQL)
              .withArgs(SparkTask.arguments(submission, number))
              .withEnv(pods.databaseEnvironment())
              .withVolumeMounts(pods.mounts())
              .build();
      return List.of(new Workflow.Template(name, new Workflow.Work.OfContainer(container)));
    }

    private List<Workflow.Template> foreign(RunStatement statement) {
      if (!submission.allows(statement.image())) {
        throw new SubmissionException(
            "Cannot submit the statement at %s: the image %s is not allowed (allowed: %s); --allow-image=%s allows it"
                .formatted(
                    statement.position(),
                    statement.image(),
                    submission.allowedImages().isEmpty()
                        ? "none"
                        : String.join(", ", submission.allowedImages()),
                    statement.image()));
      }
      Container container =
          container(ImageReference.require(statement.image()))
              .withCommand(Arguments.command(statement))
              .withEnv(foreignEnvironment(statement))
              .withVolumeMounts(pods.claimMounts())
              .build();
      return List.of(new Workflow.Template(name, new Workflow.Work.OfContainer(container)));
    }

    /** SQLFlow's contract of a program in a container. */
    private List<EnvVar> foreignEnvironment(RunStatement statement) {
      String into =
          statement.into().stream().map(TableName::toString).collect(Collectors.joining(","));
      List<EnvVar> environment = new ArrayList<>();
      environment.add(pods.programText("SQLFLOW_TO_RUN_SELECT", selectKey(number)));
      environment.add(variable("SQLFLOW_TO_RUN_INTO", Arguments.literal(statement, into)));
      environment.add(variable("SQLFLOW_TO_RUN_IMAGE", statement.image()));
      environment.add(pods.secret("SQLFLOW_DATASOURCE", "sqlflow-datasource"));
      return environment;
    }
  }

  private static EnvVar variable(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }

  private Workflow.Resource created(Object application, String success, String failure) {
    return new Workflow.Resource(
        "create", Optional.of(true), success, failure, List.of(), Manifests.yaml(application));
  }

  private Container judge() {
    return container(submission.image())
        .withCommand("test", "{{inputs.parameters." + OUTCOME + "}}", "=", "Succeeded")
        .build();
  }

  /** The driver in the step's own pod: what ends the pod ends the executors, which it owns. */
  private Container sparkSubmit(int statement) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            "--master",
            "k8s://https://$(KUBERNETES_SERVICE_HOST):$(KUBERNETES_SERVICE_PORT)",
            "--deploy-mode",
            "client",
            "--name",
            SparkTask.name(submission, statement),
            "--class",
            SparkSettings.MAIN_CLASS));
    Map<String, String> conf = new SparkSettings(submission).withPods();
    conf.put("spark.driver.host", "$(POD_IP)");
    conf.put("spark.kubernetes.driver.pod.name", "$(POD_NAME)");
    conf.put(
        "spark.kubernetes.executor.podTemplateFile",
        PodParts.PROGRAM_DIRECTORY + "/" + WorkflowManifests.EXECUTOR_TEMPLATE);
    conf.put("spark.kubernetes.executor.label." + Labels.STATEMENT, String.valueOf(statement));
    conf.forEach(
        (key, value) -> {
          arguments.add("--conf");
          arguments.add(key + "=" + value);
        });
    arguments.add(SparkSettings.MAIN_JAR);
    arguments.addAll(SparkTask.arguments(submission, statement));
    List<EnvVar> environment = new ArrayList<>();
    environment.add(PodParts.field("POD_NAME", "metadata.name"));
    environment.add(PodParts.field("POD_IP", "status.podIP"));
    environment.addAll(pods.databaseEnvironment());
    return container(submission.image())
        .withCommand(SPARK_SUBMIT)
        .withArgs(arguments)
        .withEnv(environment)
        .withVolumeMounts(pods.mounts())
        .withNewResources()
        .addToRequests("memory", new Quantity("2Gi"))
        .endResources()
        .build();
  }

  private ContainerBuilder container(String image) {
    return new ContainerBuilder().withImage(image).withSecurityContext(pods.containerSecurity());
  }
}
