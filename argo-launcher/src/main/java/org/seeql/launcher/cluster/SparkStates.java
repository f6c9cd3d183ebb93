package org.seeql.launcher.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.launcher.manifest.Labels;

/** The SparkApplications of runs, and what their operators say of them. */
final class SparkStates {
  private static final List<ObjectKind> KINDS =
      List.of(ObjectKind.KUBEFLOW_APPLICATION, ObjectKind.APACHE_APPLICATION);

  private SparkStates() {}

  /**
   * A SparkApplication.
   *
   * @param state as its operator has it, but for Apache's final states, which do not say how it
   *     ended: {@code Succeeded} or {@code Failed}
   */
  record SparkState(String state, String message) {
    boolean isDone() {
      return state.equals("COMPLETED") || state.equals("Succeeded");
    }
  }

  /** By statement. */
  static SortedMap<Integer, SparkState> of(Cluster cluster, String run) {
    SortedMap<Integer, SparkState> states = new TreeMap<>();
    for (ObjectKind kind : KINDS) {
      for (GenericKubernetesResource application : applications(cluster, kind, run)) {
        statementOf(application).ifPresent(number -> states.put(number, state(kind, application)));
      }
    }
    return states;
  }

  /** Those of a run; none where there is no such operator. */
  static List<GenericKubernetesResource> applications(
      Cluster cluster, ObjectKind kind, String run) {
    try {
      return cluster.objects(kind).withLabel(Labels.WORKFLOW, run).list().getItems();
    } catch (KubernetesClientException e) {
      if (e.getCode() == ClusterErrors.NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
  }

  /** Deletes those of a run; their pods go with them. */
  static List<String> delete(Cluster cluster, String run) {
    List<String> names = new ArrayList<>();
    for (ObjectKind kind : KINDS) {
      for (GenericKubernetesResource application : applications(cluster, kind, run)) {
        String name = application.getMetadata().getName();
        cluster.objects(kind).withName(name).delete();
        names.add(name);
      }
    }
    return names;
  }

  private static Optional<Integer> statementOf(GenericKubernetesResource application) {
    Map<String, String> labels = application.getMetadata().getLabels();
    return RunObject.statementOf("statement-" + labels.getOrDefault(Labels.STATEMENT, ""));
  }

  private static SparkState state(ObjectKind kind, GenericKubernetesResource application) {
    JsonNode status = Json.tree(application).path("status");
    return kind == ObjectKind.KUBEFLOW_APPLICATION ? kubeflow(status) : apache(status);
  }

  private static SparkState kubeflow(JsonNode status) {
    JsonNode state = status.path("applicationState");
    return new SparkState(orNew(state.path("state").asText()), state.path("errorMessage").asText());
  }

  private static SparkState apache(JsonNode status) {
    JsonNode current = status.path("currentState");
    String summary = current.path("currentStateSummary").asText();
    boolean released =
        summary.equals("ResourceReleased") || summary.equals("TerminatedWithoutReleaseResources");
    if (!released) {
      return new SparkState(orNew(summary), current.path("message").asText());
    }
    String message = "";
    for (JsonNode past : status.path("stateTransitionHistory")) {
      String was = past.path("currentStateSummary").asText();
      if (was.equals("Succeeded")) {
        return new SparkState(was, "");
      }
      message =
          was.contains("Failed")
                  || was.contains("Failure")
                  || was.contains("TimedOut")
                  || was.contains("Evicted")
              ? past.path("message").asText(was)
              : message;
    }
    return new SparkState("Failed", message);
  }

  /** Before its operator has looked at it. */
  private static String orNew(String state) {
    return state.isEmpty() ? "NEW" : state;
  }
}
