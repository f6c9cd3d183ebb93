package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.seeql.launcher.manifest.Labels;

/** A snapshot of the pods of a run. */
final class RunPods {
  /** A label of Spark's pods. Argo's steps do not have it. */
  private static final String SPARK_ROLE = "spark-role";

  private static final String NODE_NAME = "workflows.argoproj.io/node-name";
  private static final Set<String> ENDS = Set.of("Succeeded", "Failed");

  private final List<Pod> pods;

  RunPods(List<Pod> pods) {
    this.pods = List.copyOf(requireNonNull(pods, "pods is null"));
  }

  static RunPods of(Cluster cluster, String run) {
    return new RunPods(
        cluster
            .client()
            .pods()
            .inNamespace(cluster.namespace())
            .withLabel(Labels.WORKFLOW, run)
            .list()
            .getItems());
  }

  List<Pod> all() {
    return pods;
  }

  /** The latest pod that executes a statement: Spark's driver, or else the step's own pod. */
  Optional<Pod> working(int statement, RunObject.Work work) {
    String role = work == RunObject.Work.CONTAINER ? "" : "driver";
    return of(statement, role).stream().max(Comparator.comparing(RunPods::created));
  }

  /** Spark's executors of a statement, oldest first. */
  List<Pod> executors(int statement) {
    return of(statement, "executor").stream()
        .sorted(Comparator.comparing(RunPods::created))
        .toList();
  }

  long runningExecutors(int statement) {
    return executors(statement).stream().filter(pod -> phase(pod).equals("Running")).count();
  }

  private List<Pod> of(int statement, String role) {
    return pods.stream()
        .filter(pod -> labels(pod).getOrDefault(SPARK_ROLE, "").equals(role))
        .filter(pod -> statement(pod).filter(number -> number == statement).isPresent())
        .toList();
  }

  private static Optional<Integer> statement(Pod pod) {
    Optional<Integer> labelled =
        RunObject.statementOf("statement-" + labels(pod).getOrDefault(Labels.STATEMENT, ""));
    return labelled.isPresent() ? labelled : statementOfNode(pod);
  }

  /** {@code RUN.statement-2}, {@code RUN.statement-2(0)}. */
  private static Optional<Integer> statementOfNode(Pod pod) {
    String node =
        Optional.ofNullable(pod.getMetadata().getAnnotations())
            .map(annotations -> annotations.get(NODE_NAME))
            .orElse("");
    String task = node.substring(node.lastIndexOf('.') + 1).replaceFirst("\\(.*", "");
    return RunObject.statementOf(task);
  }

  private static Map<String, String> labels(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
  }

  static String executorId(Pod pod) {
    return labels(pod).getOrDefault("spark-exec-id", pod.getMetadata().getName());
  }

  private static String created(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getCreationTimestamp()).orElse("");
  }

  static String phase(Pod pod) {
    return Optional.ofNullable(pod.getStatus()).map(status -> status.getPhase()).orElse("Pending");
  }

  static boolean hasEnded(Pod pod) {
    return ENDS.contains(phase(pod));
  }

  /** The main container: neither Argo's nor a sidecar. */
  static String container(Pod pod) {
    List<String> names =
        pod.getSpec().getContainers().stream().map(container -> container.getName()).toList();
    for (String known : List.of("spark-kubernetes-driver", "spark-kubernetes-executor", "main")) {
      if (names.contains(known)) {
        return known;
      }
    }
    return names.get(0);
  }

  /** Why the main container has not started, such as {@code ContainerCreating}; empty if it has. */
  static Optional<String> waiting(Pod pod) {
    if (hasEnded(pod)) {
      return Optional.empty();
    }
    String container = container(pod);
    Optional<ContainerStatus> status =
        pod.getStatus() == null
            ? Optional.empty()
            : pod.getStatus().getContainerStatuses().stream()
                .filter(s -> s.getName().equals(container))
                .findFirst();
    if (status.isEmpty()) {
      return Optional.of(phase(pod));
    }
    return Optional.ofNullable(status.get().getState())
        .map(state -> state.getWaiting())
        .map(waiting -> Optional.ofNullable(waiting.getReason()).orElse("Pending"));
  }
}
