package org.seeql.launcher.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.seeql.launcher.manifest.Labels;

/** Reads the SparkApplications of runs and their states. */
final class SparkStates {
  private static final List<ObjectKind> KINDS =
      List.of(ObjectKind.KUBEFLOW_APPLICATION, ObjectKind.APACHE_APPLICATION);

  private static final Set<String> KUBEFLOW_ENDS = Set.of("COMPLETED", "FAILED");

  private SparkStates() {}

  /**
   * The state of a SparkApplication.
   *
   * @param state the state that its operator reports. Exception: Apache's final states do not tell
   *     the outcome and are replaced by {@code Succeeded} or {@code Failed}
   * @param hasEnded whether its operator has finished it and does not restart it
   */
  record SparkState(String state, String message, boolean hasEnded) {
    boolean isDone() {
      return state.equals("COMPLETED") || state.equals("Succeeded");
    }
  }

  /** The states by statement. */
  static SortedMap<Integer, SparkState> of(Cluster cluster, String run) {
    SortedMap<Integer, SparkState> states = new TreeMap<>();
    for (ObjectKind kind : KINDS) {
      for (GenericKubernetesResource application : applications(cluster, kind, run)) {
        statementOf(application).ifPresent(number -> states.put(number, state(kind, application)));
      }
    }
    return states;
  }

  /** The applications of a run. Empty if the operator is not installed. */
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

  /** Deletes the applications of a run, together with their pods. */
  static List<String> delete(Cluster cluster, String run) {
    return delete(cluster, run, state -> true);
  }

  /** Deletes the applications of a run that have not ended. The others keep their pods and logs. */
  static List<String> deleteUnended(Cluster cluster, String run) {
    return delete(cluster, run, state -> !state.hasEnded());
  }

  private static List<String> delete(Cluster cluster, String run, Predicate<SparkState> which) {
    List<String> names = new ArrayList<>();
    for (ObjectKind kind : KINDS) {
      for (GenericKubernetesResource application : applications(cluster, kind, run)) {
        if (which.test(state(kind, application))) {
          String name = application.getMetadata().getName();
          cluster.objects(kind).withName(name).delete();
          names.add(name);
        }
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
    String name = orNew(state.path("state").asText());
    return new SparkState(name, state.path("errorMessage").asText(), KUBEFLOW_ENDS.contains(name));
  }

  private static SparkState apache(JsonNode status) {
    JsonNode current = status.path("currentState");
    String summary = current.path("currentStateSummary").asText();
    boolean released =
        summary.equals("ResourceReleased") || summary.equals("TerminatedWithoutReleaseResources");
    if (!released) {
      return new SparkState(orNew(summary), current.path("message").asText(), false);
    }
    String message = "";
    for (JsonNode past : status.path("stateTransitionHistory")) {
      String was = past.path("currentStateSummary").asText();
      if (was.equals("Succeeded")) {
        return new SparkState(was, "", true);
      }
      message =
          was.contains("Failed")
                  || was.contains("Failure")
                  || was.contains("TimedOut")
                  || was.contains("Evicted")
              ? terminationMessage(past).orElseGet(() -> past.path("message").asText(was))
              : message;
    }
    return new SparkState("Failed", message, true);
  }

  /**
   * The driver's error message. The driver's pod is deleted if the application can be restarted.
   */
  private static Optional<String> terminationMessage(JsonNode state) {
    return state
        .path("lastObservedDriverStatus")
        .path("containerStatuses")
        .findValues("message")
        .stream()
        .map(JsonNode::asText)
        .map(FailureCauses::cause)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Replaces the empty state of an application that its operator has not processed yet. */
  private static String orNew(String state) {
    return state.isEmpty() ? "NEW" : state;
  }
}
