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

/** The SparkApplications of runs, and what their operators say of them. */
final class SparkStates {
  private static final List<ObjectKind> KINDS =
      List.of(ObjectKind.KUBEFLOW_APPLICATION, ObjectKind.APACHE_APPLICATION);

  private static final Set<String> KUBEFLOW_ENDS = Set.of("COMPLETED", "FAILED");

  private SparkStates() {}

  /**
   * A SparkApplication.
   *
   * @param state as its operator has it, but for Apache's final states, which do not say how it
   *     ended: {@code Succeeded} or {@code Failed}
   * @param hasEnded whether its operator is through with it, and starts it no more
   */
  record SparkState(String state, String message, boolean hasEnded) {
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
    return delete(cluster, run, state -> true);
  }

  /** Deletes those of a run that have not ended; the others keep their pods, with their logs. */
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
              ? lastWords(past).orElseGet(() -> past.path("message").asText(was))
              : message;
    }
    return new SparkState("Failed", message, true);
  }

  /** What a driver said last: its pod goes where the application may be started again. */
  private static Optional<String> lastWords(JsonNode state) {
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

  /** Before its operator has looked at it. */
  private static String orNew(String state) {
    return state.isEmpty() ? "NEW" : state;
  }
}
