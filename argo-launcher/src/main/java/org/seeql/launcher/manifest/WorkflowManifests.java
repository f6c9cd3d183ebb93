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
 * What a program becomes on a cluster: a ConfigMap with its text, and a Workflow with a task a
 * statement. Pure: the same program and submission make the same objects.
 */
public final class WorkflowManifests {
  /** The key of the ConfigMap that holds the program. */
  public static final String PROGRAM_KEY = PodParts.PROGRAM_FILE;

  static final String EXECUTOR_TEMPLATE = "executor.yaml";

  private static final String PROGRAM = "program";
  private static final String CLEAN_UP = "clean-up";
  private static final String STOP_SPARK = "stop-spark";
  private static final long SECONDS_KEPT = 7 * 86_400;

  /** A workflow whose image cannot be pulled comes to its end, too. */
  private static final int SECONDS_TO_STOP = 300;

  /** Named like the labels of Argo's own counts, which a dashboard selects by. */
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
   * The manifests of a program.
   *
   * @param text of the program that {@code graph} is of
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
   * In the order in which they are to be made.
   *
   * @throws SubmissionException with all statements that cannot run on a cluster
   */
  public List<Object> objects() {
    return List.of(program(), workflow());
  }

  private void check() {
    Problems problems = new Problems();
    SessionState.of(text).forEach(loss -> problems.note(() -> refuse(loss)));
    graph.tasks().forEach(task -> problems.note(() -> templates.of(task)));
    problems.note(() -> SizeLimits.requireConfigMap(programData()));
    problems.refuse();
  }

  private static void refuse(SessionState.Loss loss) {
    throw new SubmissionException(
        "Cannot submit the statement at %s: it %s, and on a cluster each statement has a session of its own"
            .formatted(loss.position(), loss.reason()));
  }

  Submission submission() {
    return submission;
  }

  /** What the steps read: the program, and what belongs to it. */
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
            .addToAnnotations(Labels.PROGRAM, beginning())
            .addToAnnotations(Labels.DIGEST, KubernetesNames.digest(Manifests.yaml(spec)))
            .build(),
        spec);
  }

  /** What runs. */
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
        ServiceAccounts.STEP,
        named(),
        new ObjectMetaBuilder().withLabels(pods.labels()).build(),
        pods.podSecurity(),
        submission.priorityClass(),
        submission.deadline().map(d -> OptionalLong.of(d.toSeconds())).orElse(OptionalLong.empty()),
        new Workflow.TtlStrategy(SECONDS_KEPT),
        new Workflow.Metrics(List.of(DURATION)),
        pods.volumes(),
        templates());
  }

  /** A workflow whose name is not known yet gets it as a label when it begins. */
  private Optional<Workflow.WorkflowMetadata> named() {
    return submission.names() instanceof RunNames.EachFiring
        ? Optional.of(
            new Workflow.WorkflowMetadata(
                Map.of(Labels.WORKFLOW, new Workflow.LabelSource("workflow.name"))))
        : Optional.empty();
  }

  /** How the program begins, without what may be secret in it. */
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
   * Argo leaves what its steps made running when a workflow is stopped or fails. What has ended
   * stays, since its driver's log says why.
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
