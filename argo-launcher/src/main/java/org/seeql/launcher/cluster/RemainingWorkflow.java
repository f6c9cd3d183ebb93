package org.seeql.launcher.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.stream.Collectors;

/**
 * Builds the workflow for the remaining statements of a run, with the same name and options. Pure.
 */
final class RemainingWorkflow {
  private static final String ARGO = "workflows.argoproj.io/";

  private RemainingWorkflow() {}

  /**
   * The workflow to create.
   *
   * @param done the statements to leave out
   */
  static ObjectNode of(RunObject run, NavigableSet<Integer> done) {
    ObjectNode next = Json.object();
    next.put("apiVersion", run.object().getApiVersion());
    next.put("kind", run.object().getKind());
    ObjectNode metadata = next.putObject("metadata");
    metadata.put("name", run.name());
    metadata.put("namespace", run.object().getMetadata().getNamespace());
    copyWithoutArgos(run.object().getMetadata().getLabels(), metadata.putObject("labels"));
    ObjectNode annotations = metadata.putObject("annotations");
    copyWithoutArgos(run.object().getMetadata().getAnnotations(), annotations);
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

  /** Copies the labels without Argo's, which mark the workflow as ended. */
  private static void copyWithoutArgos(Map<String, String> from, ObjectNode to) {
    if (from != null) {
      from.forEach(
          (key, value) -> {
            if (!key.contains(ARGO)) {
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
      List<JsonNode> dependencies = new ArrayList<>();
      copy.path("dependencies")
          .forEach(
              dependency -> {
                if (!isDone(dependency.asText(), done)) {
                  dependencies.add(dependency);
                }
              });
      copy.remove("dependencies");
      if (!dependencies.isEmpty()) {
        copy.putArray("dependencies").addAll(dependencies);
      }
      left.add(copy);
    }
    graph.set("tasks", left);
  }

  /**
   * Restores the placeholder. Argo replaced it by the final phase of the workflow in metric labels.
   */
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
