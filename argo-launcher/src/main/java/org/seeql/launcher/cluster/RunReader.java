package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.seeql.launcher.cluster.NodeStates.NodeState;
import org.seeql.launcher.cluster.RunObject.Task;
import org.seeql.launcher.cluster.SparkStates.SparkState;
import org.seeql.launcher.manifest.KubernetesNames;
import org.seeql.launcher.manifest.Labels;
import org.seeql.planner.parser.StatementWords;

/**
 * Reads the runs of a namespace and their states. It relies on the phase of a workflow and on
 * labels, and uses Argo's nodes only if they are readable.
 */
public final class RunReader {
  private final Cluster cluster;

  public RunReader(Cluster cluster) {
    this.cluster = requireNonNull(cluster, "cluster is null");
  }

  /** All runs of the namespace, newest first. */
  public List<WorkflowSummary> list() {
    List<GenericKubernetesResource> workflows =
        cluster.ask(
            "list the runs of namespace " + cluster.namespace(),
            () ->
                cluster
                    .objects(ObjectKind.WORKFLOW)
                    .withLabel(Labels.MANAGED_BY, Labels.SEEQL)
                    .list()
                    .getItems());
    return workflows.stream()
        .map(workflow -> WorkflowSummary.of(new RunObject(workflow)))
        .sorted(
            Comparator.comparing((WorkflowSummary run) -> run.created().orElse(Instant.MAX))
                .reversed()
                .thenComparing(WorkflowSummary::run))
        .toList();
  }

  /**
   * The status of a run and its statements.
   *
   * @throws ClusterException if the run does not exist
   */
  public RunStatus status(String name) {
    RunObject run = find(name);
    return cluster.ask("show the run " + name, () -> status(run));
  }

  /** The workflow of an existing run. */
  RunObject find(String name) {
    KubernetesNames.requireLabel("run", name);
    return cluster
        .ask(
            "find the run " + name,
            () -> Optional.ofNullable(cluster.objects(ObjectKind.WORKFLOW).withName(name).get()))
        .map(RunObject::new)
        .filter(RunObject::isSeeqls)
        .orElseThrow(
            () ->
                new ClusterException(
                    "Unknown run '%s' in namespace %s; seeql list shows the existing runs (ended runs are kept for a week)"
                        .formatted(name, cluster.namespace())));
  }

  private RunStatus status(RunObject run) {
    Parts parts =
        new Parts(
            run,
            NodeStates.of(run),
            SparkStates.of(cluster, run.name()),
            RunPods.of(cluster, run.name()),
            words(run));
    List<TaskStatus> tasks = new ArrayList<>();
    run.doneEarlier().forEach(number -> tasks.add(parts.doneEarlier(number)));
    run.tasks().forEach(task -> tasks.add(parts.of(task)));
    tasks.sort(Comparator.comparing(TaskStatus::statement));
    return new RunStatus(WorkflowSummary.of(run), run.message(), run.isStopped(), tasks);
  }

  private List<String> words(RunObject run) {
    try {
      return run.programConfig()
          .flatMap(name -> new ProgramConfig(cluster).find(name))
          .map(config -> StatementWords.of(ProgramConfig.text(config)))
          .orElse(List.of());
    } catch (KubernetesClientException e) {
      if (e.getCode() == ClusterErrors.FORBIDDEN) {
        return List.of();
      }
      throw e;
    }
  }

  /** The data of a run from which the states of its statements are derived. */
  private record Parts(
      RunObject run,
      Optional<SortedMap<Integer, NodeState>> nodes,
      Map<Integer, SparkState> spark,
      RunPods pods,
      List<String> words) {

    TaskStatus doneEarlier(int statement) {
      return new TaskStatus(
          statement,
          text(statement),
          "Succeeded",
          Optional.empty(),
          0,
          Optional.empty(),
          Optional.empty(),
          "in an earlier attempt",
          Optional.empty());
    }

    TaskStatus of(Task task) {
      int number = task.statement();
      Optional<SparkState> state = Optional.ofNullable(spark.get(number));
      Optional<NodeState> node = nodes.flatMap(states -> Optional.ofNullable(states.get(number)));
      return new TaskStatus(
          number,
          text(number),
          node.map(NodeState::phase).orElseGet(() -> phase(task, state)),
          state.map(SparkState::state),
          pods.runningExecutors(number),
          node.flatMap(NodeState::started),
          node.flatMap(NodeState::finished),
          message(node, state),
          run.hasEnded() ? Optional.empty() : PodTroubles.of(pods, task));
    }

    private String text(int statement) {
      return statement <= words.size() ? words.get(statement - 1) : "";
    }

    private static String message(Optional<NodeState> node, Optional<SparkState> state) {
      return state
          .map(SparkState::message)
          .filter(message -> !message.isBlank())
          .or(() -> node.map(NodeState::message))
          .orElse("");
    }

    /** The phase without Argo's nodes, derived from the SparkApplication or the pod. */
    private String phase(Task task, Optional<SparkState> state) {
      if (state.filter(SparkState::isDone).isPresent()) {
        return "Succeeded";
      }
      if (nodes.isPresent() || pods.working(task.statement(), task.work()).isEmpty()) {
        return run.hasEnded() ? "Omitted" : "Pending";
      }
      return pods.working(task.statement(), task.work()).map(RunPods::phase).orElse("Pending");
    }
  }
}
