package org.seeql.launcher.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.seeql.launcher.cluster.NodeStates.NodeState;
import org.seeql.launcher.manifest.KubernetesNames;

/**
 * Goes on with runs that were cancelled or have failed. The workflow is made anew under its name,
 * with the options of the first, without the statements that had succeeded. The others are asked
 * for under the ids of their runs, and leave out the partitions that are committed.
 */
public final class RunResumer {
  /** A key of the program's ConfigMap: the workflow that is about to take the place of another. */
  private static final String NEXT = "next-workflow.json";

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Cluster cluster;
  private final ProgramConfig config;
  private final Duration pause;
  private final Duration patience;

  public RunResumer(Cluster cluster) {
    this(cluster, PAUSE, PATIENCE);
  }

  RunResumer(Cluster cluster, Duration pause, Duration patience) {
    this.cluster = requireNonNull(cluster, "cluster is null");
    this.config = new ProgramConfig(cluster);
    this.pause = requireNonNull(pause, "pause is null");
    this.patience = requireNonNull(patience, "patience is null");
  }

  /**
   * Starts what is left of a run. If that ends half way, it can be asked for again.
   *
   * @return the statements that are left out, because they are done
   * @throws ClusterException if there is no such run, or it has not ended, or there is nothing left
   */
  public NavigableSet<Integer> resume(String name) {
    KubernetesNames.requireLabel("run", name);
    String what = "resume " + name;
    Optional<RunObject> found =
        cluster
            .ask(
                what,
                () ->
                    Optional.ofNullable(cluster.objects(ObjectKind.WORKFLOW).withName(name).get()))
            .map(RunObject::new);
    String program = found.flatMap(RunObject::programConfig).orElse(name + "-program");
    ObjectNode next =
        found.isPresent() ? next(new RunReader(cluster).find(name)) : kept(name, program);
    if (found.isPresent()) {
      cluster.ask(what, () -> keep(program, next));
      cluster.ask(what, () -> delete(name));
      awaitGone(name);
    }
    new RunCanceller(cluster).removePods(name);
    return cluster.ask(what, () -> create(program, next));
  }

  /** The ConfigMap is no longer the old workflow's, and holds the new one until that is made. */
  private boolean keep(String program, ObjectNode next) {
    config.patch(
        program,
        Map.of(
            "metadata",
            Map.of("ownerReferences", List.of()),
            "data",
            Map.of(NEXT, next.toString())));
    return true;
  }

  private boolean delete(String name) {
    cluster
        .objects(ObjectKind.WORKFLOW)
        .withName(name)
        .withPropagationPolicy(DeletionPropagation.FOREGROUND)
        .delete();
    return true;
  }

  private void awaitGone(String name) {
    long begun = System.nanoTime();
    while (cluster.ask(
        "resume " + name,
        () -> cluster.objects(ObjectKind.WORKFLOW).withName(name).get() != null)) {
      if (System.nanoTime() - begun > patience.toNanos()) {
        throw new ClusterFailedException(
            "Cannot resume %s: its earlier workflow is still there after %d s"
                .formatted(name, patience.toSeconds()));
      }
      RunWaiter.sleep(pause);
    }
  }

  private NavigableSet<Integer> create(String program, ObjectNode next) {
    GenericKubernetesResource created = new WorkflowSubmitter(cluster).create(next);
    config.give(program, created);
    Map<String, String> gone = new HashMap<>();
    gone.put(NEXT, null);
    config.patch(program, Map.of("data", gone));
    return new RunObject(created).doneEarlier();
  }

  /** What an earlier attempt to resume has left. */
  private ObjectNode kept(String name, String program) {
    Optional<String> text =
        cluster
            .ask("resume " + name, () -> config.find(program))
            .map(ConfigMap::getData)
            .map(data -> data.get(NEXT));
    try {
      if (text.isPresent()) {
        return (ObjectNode) Json.read(text.get().getBytes(UTF_8));
      }
    } catch (IOException e) {
      throw new IllegalStateException("written by keep()", e);
    }
    throw new ClusterException(
        "Unknown run '%s' in namespace %s; submit its program again with its --run-id: statements that infer go on where they ended"
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
          "Cannot resume %s: it has succeeded, nothing is left of it".formatted(run.name()));
    }
    SortedMap<Integer, NodeState> nodes =
        NodeStates.of(run)
            .orElseThrow(
                () ->
                    new ClusterException(
                        "Cannot resume %s: Argo keeps what was done of it where only Argo reads it; argo retry %s goes on"
                            .formatted(run.name(), run.name())));
    NavigableSet<Integer> done = new TreeSet<>(run.doneEarlier());
    nodes.forEach(
        (number, state) -> {
          if (RunObject.isSuccess(state.phase())) {
            done.add(number);
          }
        });
    return without(run, done);
  }

  private static ObjectNode without(RunObject run, NavigableSet<Integer> done) {
    ObjectNode next = Json.object();
    next.put("apiVersion", run.object().getApiVersion());
    next.put("kind", run.object().getKind());
    ObjectNode metadata = next.putObject("metadata");
    metadata.put("name", run.name());
    metadata.put("namespace", run.object().getMetadata().getNamespace());
    copySeeqls(run.object().getMetadata().getLabels(), metadata.putObject("labels"));
    ObjectNode annotations = metadata.putObject("annotations");
    copySeeqls(run.object().getMetadata().getAnnotations(), annotations);
    annotations.put(
        RunObject.DONE, done.stream().map(String::valueOf).collect(Collectors.joining(",")));
    ObjectNode spec = run.spec().deepCopy();
    spec.remove("shutdown");
    forgetPhase(spec);
    for (JsonNode template : spec.path("templates")) {
      if (template.path("name").asText().equals(spec.path("entrypoint").asText())) {
        leaveOut((ObjectNode) template.path("dag"), done);
      }
    }
    next.set("spec", spec);
    return next;
  }

  /** Argo's own labels say that the workflow has ended. */
  private static void copySeeqls(Map<String, String> from, ObjectNode to) {
    if (from != null) {
      from.forEach(
          (key, value) -> {
            if (key.startsWith("seeql.org/") || key.startsWith("app.kubernetes.io/")) {
              to.put(key, value);
            }
          });
    }
  }

  private static void leaveOut(ObjectNode graph, NavigableSet<Integer> done) {
    ArrayNode left = graph.arrayNode();
    for (JsonNode task : graph.path("tasks")) {
      if (isDone(task.path("name").asText(), done)) {
        continue;
      }
      ObjectNode copy = task.deepCopy();
      List<JsonNode> waits = new ArrayList<>();
      copy.path("dependencies")
          .forEach(
              dependency -> {
                if (!isDone(dependency.asText(), done)) {
                  waits.add(dependency);
                }
              });
      copy.remove("dependencies");
      if (!waits.isEmpty()) {
        copy.putArray("dependencies").addAll(waits);
      }
      left.add(copy);
    }
    graph.set("tasks", left);
  }

  /** Argo has put the phase that the workflow ended in into the labels of its metrics. */
  private static void forgetPhase(ObjectNode spec) {
    for (JsonNode metric : spec.path("metrics").path("prometheus")) {
      for (JsonNode label : metric.path("labels")) {
        if (label.path("key").asText().equals("phase")) {
          ((ObjectNode) label).put("value", "{{workflow.status}}");
        }
      }
    }
  }

  private static boolean isDone(String task, NavigableSet<Integer> done) {
    return RunObject.statementOf(task).filter(done::contains).isPresent();
  }
}
