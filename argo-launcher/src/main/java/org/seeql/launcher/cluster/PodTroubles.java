package org.seeql.launcher.cluster;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.seeql.launcher.cluster.TaskStatus.Waiting;

/**
 * Finds the reason why pods do not start: no node with capacity, no image, a missing key of a
 * Secret.
 */
final class PodTroubles {
  /** Waiting reasons of a normal start. */
  private static final Set<String> USUAL = Set.of("", "ContainerCreating", "PodInitializing");

  private PodTroubles() {}

  /**
   * The reason for the pod that executes a statement, or else for an executor, as long as Spark has
   * none.
   */
  static Optional<Waiting> of(RunPods pods, RunObject.Task task) {
    return pods.working(task.statement(), task.work())
        .flatMap(PodTroubles::of)
        .or(
            () ->
                pods.runningExecutors(task.statement()) > 0
                    ? Optional.empty()
                    : pods.executors(task.statement()).stream()
                        .flatMap(pod -> of(pod).stream())
                        .findFirst());
  }

  static Optional<Waiting> of(Pod pod) {
    if (RunPods.hasEnded(pod) || pod.getStatus() == null) {
      return Optional.empty();
    }
    String name = pod.getMetadata().getName();
    return unplaced(name, pod.getStatus()).or(() -> notStarted(name, pod.getStatus()));
  }

  private static Optional<Waiting> unplaced(String pod, PodStatus status) {
    return status.getConditions().stream()
        .filter(c -> "PodScheduled".equals(c.getType()) && "False".equals(c.getStatus()))
        .map(c -> new Waiting(pod, text(c.getReason()), text(c.getMessage())))
        .findFirst();
  }

  private static Optional<Waiting> notStarted(String pod, PodStatus status) {
    return Stream.concat(
            status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream())
        .map(PodTroubles::waiting)
        .filter(Objects::nonNull)
        .filter(waiting -> !USUAL.contains(text(waiting.getReason())))
        .map(waiting -> new Waiting(pod, text(waiting.getReason()), text(waiting.getMessage())))
        .findFirst();
  }

  private static ContainerStateWaiting waiting(ContainerStatus status) {
    return status.getState() == null ? null : status.getState().getWaiting();
  }

  private static String text(String value) {
    return Objects.toString(value, "");
  }
}
