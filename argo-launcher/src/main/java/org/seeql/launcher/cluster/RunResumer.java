package org.seeql.launcher.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.seeql.launcher.cluster.NodeStates.NodeState;
import org.seeql.launcher.manifest.KubernetesNames;
import org.seeql.launcher.manifest.Labels;

/**
 * Resumes runs that were cancelled or failed. The workflow is recreated with the same name and
 * options, without the statements that succeeded. The other statements keep the ids of their runs
 * and skip committed partitions.
 */
public final class RunResumer {
  /** A key of a ConfigMap: the workflow that is about to replace the earlier one. */
  private static final String NEXT = "next-workflow.json";

  private static final String NEXT_CONFIG = "-next";

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Cluster cluster;
  private final ProgramConfig config;
  private final Duration pause;
  private final Duration patience;

  public RunResumer(Cluster cluster) {
    this(cluster, PAUSE, PATIENCE);
  }

  /** How to treat statements that started, do not infer, and may have been executed. */
  public enum HalfDone {
    REFUSED,
    DONE_AGAIN
  }

  RunResumer(Cluster cluster, Duration pause, Duration patience) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.config = new ProgramConfig(cluster);
    this.pause = requireNonNull(pause, "pause is null");
    this.patience = requireNonNull(patience, "patience is null");
  }

  /**
   * Starts the remaining statements of a run. If this call is interrupted, it can be repeated.
   *
   * @param halfDone how to treat statements that may have been executed
   * @return the completed statements, which are left out
   * @throws ClusterException if the run does not exist, has not ended or has succeeded; or if a
   *     statement may have been executed and must not be repeated
   */
  public NavigableSet<Integer> resume(String name, HalfDone halfDone) {
    KubernetesNames.requireLabel("run", name);
    String what = "resume " + name;
    Optional<RunObject> found =
        cluster
            .ask(
                what,
                () ->
                    Optional.ofNullable(cluster.objects(ObjectKind.WORKFLOW).withName(name).get()))
            .map(RunObject::new);
    ObjectNode next;
    if (found.isPresent()) {
      RunObject run = new RunReader(cluster).find(name);
      next = next(run);
      if (halfDone == HalfDone.REFUSED) {
        requireNothingHalfDone(run);
      }
      cluster.ask(what, () -> store(run, next));
      cluster.ask(what, () -> delete(run));
      awaitDeletion(name);
    } else {
      next = loadNext(name);
    }
    new RunCanceller(cluster).removePods(name);
    return cluster.ask(what, () -> create(name, next));
  }

  private void requireNothingHalfDone(RunObject run) {
    SortedMap<Integer, String> started = new HalfDoneStatements(cluster).of(run);
    if (!started.isEmpty()) {
      throw new ClusterException(
          "Cannot resume %s: statements that may already have been executed would be executed again\n%s\ncheck which of them have taken effect; --again executes them again"
              .formatted(
                  run.name(),
                  started.entrySet().stream()
                      .map(e -> "  - statement %d: %s".formatted(e.getKey(), e.getValue()))
                      .collect(Collectors.joining("\n"))));
    }
  }

  /** Saves the new workflow until it is created, and detaches the program from the old workflow. */
  private boolean store(RunObject run, ObjectNode next) {
    config.store(
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(run.name() + NEXT_CONFIG)
            .withNamespace(cluster.namespace())
            .addToLabels(Labels.MANAGED_BY, Labels.SEEQL)
            .addToLabels(Labels.WORKFLOW, run.name())
            .endMetadata()
            .addToData(NEXT, next.toString())
            .build());
    run.programConfig().ifPresent(program -> config.release(program, run.object()));
    return true;
  }

  /** Deletes exactly this workflow: another user may have just created one with the same name. */
  private boolean delete(RunObject run) {
    DeleteOptions options =
        new DeleteOptionsBuilder()
            .withApiVersion("v1")
            .withKind("DeleteOptions")
            .withPropagationPolicy(DeletionPropagation.FOREGROUND.toString())
            .withNewPreconditions()
            .withUid(run.object().getMetadata().getUid())
            .endPreconditions()
            .build();
    String path =
        "/apis/%s/namespaces/%s/%s/%s"
            .formatted(
                ObjectKind.WORKFLOW.apiVersion(),
                cluster.namespace(),
                ObjectKind.WORKFLOW.plural(),
                run.name());
    return unlessAnotherDoes(run.name(), () -> cluster.client().raw(path, "DELETE", options))
        .isEmpty();
  }

  private static <T> Optional<T> unlessAnotherDoes(String name, Supplier<T> change) {
    try {
      return Optional.ofNullable(change.get());
    } catch (KubernetesClientException e) {
      if (e.getCode() == ClusterErrors.CONFLICT) {
        throw new ClusterException(
            "Cannot resume %1$s: another process has just resumed it; seeql status %1$s shows it"
                .formatted(name),
            e);
      }
      throw e;
    }
  }

  private void awaitDeletion(String name) {
    long started = System.nanoTime();
    while (cluster.ask(
        "resume " + name,
        () -> cluster.objects(ObjectKind.WORKFLOW).withName(name).get() != null)) {
      if (System.nanoTime() - started > patience.toNanos()) {
        throw new ClusterFailedException(
            "Cannot resume %s: its earlier workflow still exists after %d s"
                .formatted(name, patience.toSeconds()));
      }
      RunWaiter.sleep(pause);
    }
  }

  private NavigableSet<Integer> create(String name, ObjectNode next) {
    RunObject created =
        new RunObject(
            unlessAnotherDoes(name, () -> new WorkflowSubmitter(cluster).create(next))
                .orElseThrow());
    created.programConfig().ifPresent(program -> config.inherit(program, created.object()));
    config.delete(name + NEXT_CONFIG);
    return created.doneEarlier();
  }

  /** The workflow that an interrupted attempt to resume saved. */
  private ObjectNode loadNext(String name) {
    Optional<String> text =
        cluster
            .ask("resume " + name, () -> config.find(name + NEXT_CONFIG))
            .map(ConfigMap::getData)
            .map(data -> data.get(NEXT));
    try {
      if (text.isPresent()) {
        return (ObjectNode) Json.read(text.get().getBytes(UTF_8));
      }
    } catch (IOException e) {
      throw new IllegalStateException("written by store()", e);
    }
    throw new ClusterException(
        "Unknown run '%s' in namespace %s; submit its program again with its --run-id: statements that infer resume where they stopped"
            .formatted(name, cluster.namespace()));
  }

  private static ObjectNode next(RunObject run) {
    if (!run.hasEnded()) {
      throw new ClusterException(
          "Cannot resume %s: it is %s; seeql wait %s waits for its end"
              .formatted(run.name(), run.phase(), run.name()));
    }
    if (run.hasSucceeded()) {
      throw new ClusterException(
          "Cannot resume %s: it has succeeded; there is nothing to resume".formatted(run.name()));
    }
    SortedMap<Integer, NodeState> nodes =
        NodeStates.of(run)
            .orElseThrow(
                () ->
                    new ClusterException(
                        "Cannot resume %s: Argo stores its completed steps where only Argo can read them; use argo retry %s"
                            .formatted(run.name(), run.name())));
    NavigableSet<Integer> done = new TreeSet<>(run.doneEarlier());
    nodes.forEach(
        (number, state) -> {
          if (RunObject.isSuccess(state.phase())) {
            done.add(number);
          }
        });
    return RemainingWorkflow.of(run, done);
  }
}
