package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Cancels runs. It stops Argo, which would start further steps, and Spark, which Argo leaves
 * running. Committed partitions remain.
 */
public final class RunCanceller {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** The time after which the workflow is terminated instead of stopped. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final Cluster cluster;
  private final Duration pause;
  private final Duration grace;
  private final Duration patience;

  public RunCanceller(Cluster cluster) {
    this(cluster, PAUSE, GRACE, PATIENCE);
  }

  RunCanceller(Cluster cluster, Duration pause, Duration grace, Duration patience) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.pause = requireNonNull(pause, "pause is null");
    this.grace = requireNonNull(grace, "grace is null");
    this.patience = requireNonNull(patience, "patience is null");
  }

  /**
   * Cancels a run and waits until only its workflow remains. A run that has already ended is left
   * unchanged, with its pods and their logs.
   *
   * @return the final status of the run
   * @throws ClusterException if the run does not exist
   * @throws ClusterFailedException if some of its objects are not deleted in time
   */
  public RunStatus cancel(String name) {
    RunReader reader = new RunReader(cluster);
    RunObject run = reader.find(name);
    String what = "cancel " + name;
    if (run.hasSucceeded() || (run.hasEnded() && !run.isStopped() && !hasRunningPods(name))) {
      return reader.status(name);
    }
    if (!run.isStopped()) {
      cluster.ask(what, () -> shutDown(name, "Stop"));
    }
    cluster.ask(what, () -> SparkStates.delete(cluster, name));
    awaitEnd(reader, name);
    RunStatus status = reader.status(name);
    removePods(name);
    return status;
  }

  /** Whether pods of an ended workflow are still running. */
  private boolean hasRunningPods(String name) {
    return cluster.ask(
        "cancel " + name,
        () -> RunPods.of(cluster, name).all().stream().anyMatch(pod -> !RunPods.hasEnded(pod)));
  }

  private boolean shutDown(String name, String strategy) {
    cluster
        .objects(ObjectKind.WORKFLOW)
        .withName(name)
        .patch(MERGE, "{\"spec\":{\"shutdown\":\"%s\"}}".formatted(strategy));
    return true;
  }

  /** Waits for Argo first: a workflow that has not ended would recreate deleted pods. */
  private void awaitEnd(RunReader reader, String name) {
    long started = System.nanoTime();
    boolean isTerminating = false;
    while (!reader.find(name).hasEnded()) {
      if (isOver(patience, started)) {
        throw new ClusterFailedException(
            "Cannot cancel %s: Argo has not stopped it within %d s; check that its workflow controller is running"
                .formatted(name, patience.toSeconds()));
      }
      if (!isTerminating && isOver(grace, started)) {
        cluster.ask("cancel " + name, () -> shutDown(name, "Terminate"));
        isTerminating = true;
      }
      RunWaiter.sleep(pause);
    }
  }

  /** Deletes all SparkApplications and pods of a run, and waits until they are gone. */
  void removePods(String name) {
    long started = System.nanoTime();
    while (true) {
      List<String> applications =
          cluster.ask("stop Spark of " + name, () -> SparkStates.delete(cluster, name));
      List<Pod> pods = cluster.ask("stop " + name, () -> RunPods.of(cluster, name).all());
      if (applications.isEmpty() && pods.isEmpty()) {
        return;
      }
      if (isOver(patience, started)) {
        throw new ClusterFailedException(
            "Cannot cancel %s: these objects still exist after %d s: %s"
                .formatted(name, patience.toSeconds(), names(applications, pods)));
      }
      cluster.ask("stop the pods of " + name, () -> delete(pods));
      RunWaiter.sleep(pause);
    }
  }

  private boolean delete(List<Pod> pods) {
    for (Pod pod : pods) {
      if (pod.getMetadata().getDeletionTimestamp() == null) {
        cluster
            .client()
            .pods()
            .inNamespace(cluster.namespace())
            .withName(pod.getMetadata().getName())
            .delete();
      }
    }
    return true;
  }

  private static String names(List<String> applications, List<Pod> pods) {
    return Stream.concat(
            applications.stream(), pods.stream().map(pod -> pod.getMetadata().getName()))
        .limit(10)
        .collect(Collectors.joining(", "));
  }

  private static boolean isOver(Duration limit, long since) {
    return System.nanoTime() - since >= limit.toNanos();
  }
}
