package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.launcher.graph.Task;
import org.seeql.launcher.graph.TaskGraph;
import org.seeql.planner.parser.SessionState;
import org.seeql.planner.parser.StatementWords;
import org.seeql.planner.plan.ProgramCatalog;

/**
 * The manifests of a program: a ConfigMap with its text, and a Workflow with one task per
 * statement. Pure: the result depends only on the program and the submission.
 */
public final class WorkflowManifests {
  /** The key of the ConfigMap that contains the program. */
  public static final String PROGRAM_KEY = PodParts.PROGRAM_FILE;

  /** The command of a step that is Spark's driver. */
  public static final String SPARK_SUBMIT = "/opt/spark/bin/spark-submit";

  static final String EXECUTOR_TEMPLATE = "executor.yaml";

  private static final String PROGRAM = "program";
  private static final String CLEAN_UP = "clean-up";
  private static final String STOP_SPARK = "stop-spark";

  /** Limits the exit handler, so that a workflow whose image cannot be pulled also ends. */
  private static final int SECONDS_TO_STOP = 300;

  /** Its labels have the names of Argo's own metrics, so that a dashboard can select both. */
  private static final Workflow.Metric DURATION =
      new Workflow.Metric(
          "seeql_workflow_duration_seconds",
          "Time from a workflow's start to its end",
          List.of(
              new Workflow.Label("namespace", "{{workflow.namespace}}"),
              new Workflow.Label("phase", "{{workflow.status}}")),
          new Workflow.Histogram(
              "{{workflow.duration}}", List.of(60, 300, 900, 3_600, 14_400, 43_200)));

  private static final int LONGEST_BEGINNING = 100;

  private final Submission submission;
  private final String text;
  private final TaskGraph graph;
  private final TaskTemplates templates;

  /**
   * Creates the manifests of a program.
   *
   * @param text the text of the program of {@code graph}
   */
  public WorkflowManifests(
      Submission submission, String text, TaskGraph graph, ProgramCatalog programs) {
    this.submission = requireNonNull(submission, "submission is null");
    this.text = requireNonNull(text, "text is null");
    this.graph = requireNonNull(graph, "graph is null");
    if (graph.tasks().isEmpty()) {
      throw new SubmissionException("There is nothing to submit: the program has no statement");
    }
    templates = new TaskTemplates(submission, programs);
  }

  /**
   * The objects in the order of creation.
   *
   * @throws SubmissionException with all statements that cannot run on a cluster
   */
  public List<Object> objects() {
    return List.of(program(), workflow());
  }

  private void check() {
    SubmissionProblems problems = new SubmissionProblems();
    SessionState.of(text).forEach(loss -> problems.note(() -> refuse(loss)));
    graph.tasks().forEach(task -> problems.note(() -> templates.of(task)));
    problems.note(() -> SizeLimits.requireConfigMap(programData()));
    problems.refuse();
  }

  private static void refuse(SessionState.Loss loss) {
    throw new SubmissionException(
        "Cannot submit the statement at %s: it %s, and on a cluster each statement has its own session"
            .formatted(loss.position(), loss.reason()));
  }

  Submission submission() {
    return submission;
  }

  /** The files that steps read: the program and its additional texts. */
  SortedMap<String, String> programData() {
    SortedMap<String, String> data = new TreeMap<>();
    data.put(PodParts.PROGRAM_FILE, text);
    graph.tasks().forEach(task -> data.putAll(templates.texts(task)));
    if (submission.operator() == SparkOperator.NONE) {
      data.put(EXECUTOR_TEMPLATE, Manifests.yaml(new PodParts(submission).executorFile()));
    }
    return data;
  }

  private ConfigMap program() {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(submission.programConfigMap())
        .withNamespace(submission.namespace())
        .withLabels(Labels.of(submission))
        .withAnnotations(submission.settings().pods().annotations())
        .endMetadata()
        .withData(programData())
        .build();
  }

  private Workflow workflow() {
    Workflow.Spec spec = spec();
    return new Workflow(
        new ObjectMetaBuilder()
            .withName(submission.name())
            .withNamespace(submission.namespace())
            .withLabels(Labels.of(submission))
            .withAnnotations(submission.settings().pods().annotations())
            .addToAnnotations(Labels.PROGRAM, beginning())
            .addToAnnotations(Labels.DIGEST, KubernetesNames.digest(Manifests.yaml(spec)))
            .build(),
        spec);
  }

  /** The specification of the workflow. */
  Workflow.Spec spec() {
    check();
    PodParts pods = new PodParts(submission);
    Workflow.Spec spec = spec(pods);
    SizeLimits.requireWorkflow(spec, graph.tasks().size());
    return spec;
  }

  private Workflow.Spec spec(PodParts pods) {
    return new Workflow.Spec(
        PROGRAM,
        submission.operator() == SparkOperator.NONE ? "" : CLEAN_UP,
        submission.settings().accounts().step(),
        named(),
        new ObjectMetaBuilder()
            .withLabels(pods.labels())
            .withAnnotations(submission.settings().pods().annotations())
            .build(),
        pods.podSecurity(),
        pods.pullSecrets(),
        submission.settings().pods().nodeSelector(),
        submission.settings().pods().tolerations(),
        submission.settings().template().map(t -> t.patch(submission.settings().pods())),
        submission.policy().priorityClass(),
        submission
            .policy()
            .deadline()
            .map(d -> OptionalLong.of(d.toSeconds()))
            .orElse(OptionalLong.empty()),
        new Workflow.TtlStrategy(submission.settings().kept().toSeconds()),
        new Workflow.Metrics(List.of(DURATION)),
        pods.volumes(),
        templates());
  }

  /** A label with the name of a scheduled workflow, which is only known when it starts. */
  private Optional<Workflow.WorkflowMetadata> named() {
    return submission.names() instanceof RunNames.EachFiring
        ? Optional.of(
            new Workflow.WorkflowMetadata(
                Map.of(Labels.WORKFLOW, new Workflow.LabelSource("workflow.name"))))
        : Optional.empty();
  }

  /** The start of the program, without comments and string contents, which may be secret. */
  String beginning() {
    String first = StatementWords.of(text).get(0);
    return first.codePointCount(0, first.length()) <= LONGEST_BEGINNING
        ? first
        : first.substring(0, first.offsetByCodePoints(0, LONGEST_BEGINNING - 1)) + "…";
  }

  private List<Workflow.Template> templates() {
    List<Workflow.Template> all = new ArrayList<>();
    List<Workflow.DagTask> tasks = new ArrayList<>();
    for (Task task : graph.tasks()) {
      String name = TaskTemplates.name(task);
      List<String> dependencies =
          task.after().stream().map(i -> TaskTemplates.name(graph.tasks().get(i))).toList();
      tasks.add(new Workflow.DagTask(name, name, dependencies));
    }
    all.add(new Workflow.Template(PROGRAM, new Workflow.Work.OfDag(new Workflow.Dag(tasks))));
    graph.tasks().forEach(task -> all.addAll(templates.of(task)));
    if (submission.operator() != SparkOperator.NONE) {
      all.addAll(cleanUp());
    }
    return all;
  }

  /**
   * The exit handler. Argo leaves SparkApplications running when a workflow is stopped or fails.
   * Ended applications remain, because their driver's log contains the cause.
   */
  private List<Workflow.Template> cleanUp() {
    Workflow.Step stop =
        new Workflow.Step(
            STOP_SPARK, STOP_SPARK, Optional.empty(), "{{workflow.status}} != Succeeded");
    return List.of(
        new Workflow.Template(CLEAN_UP, Workflow.Work.OfSteps.inTurn(stop)),
        new Workflow.Template(
                STOP_SPARK,
                new Workflow.Work.OfContainer(new StepContainers(submission).stopSpark()))
            .withDeadline(SECONDS_TO_STOP));
  }
}
