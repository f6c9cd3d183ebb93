package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.seeql.planner.message.NearestNames;

/**
 * Fields of a user for the specification of all pods, such as {@code affinity}. They are merged
 * with SeeQL's: mappings key by key, lists by appending. Fields that SeeQL's safety or operation
 * depends on are refused.
 */
public final class PodTemplate {
  private static final Set<String> KNOWN =
      new TreeSet<>(
          Set.of(
              "affinity",
              "dnsConfig",
              "dnsPolicy",
              "hostAliases",
              "nodeSelector",
              "preemptionPolicy",
              "runtimeClassName",
              "schedulerName",
              "terminationGracePeriodSeconds",
              "tolerations",
              "topologySpreadConstraints",
              "volumes"));

  private final ObjectNode spec;

  private PodTemplate(ObjectNode spec) {
    this.spec = requireNonNull(spec, "spec is null");
  }

  /**
   * Parses a pod template in YAML.
   *
   * @param file its name, for messages
   * @throws SubmissionException if it is not a pod template, or has a field that is not supported
   */
  public static PodTemplate parse(String file, String text) {
    JsonNode tree = Manifests.read(text);
    JsonNode spec = tree.path("spec");
    if (!spec.isObject()) {
      throw new SubmissionException(
          "Cannot read the pod template %s: it has no spec".formatted(file));
    }
    SubmissionProblems problems = new SubmissionProblems();
    for (Map.Entry<String, JsonNode> field : tree.properties()) {
      if (!Set.of("apiVersion", "kind", "spec").contains(field.getKey())) {
        problems.note(
            () -> {
              throw new SubmissionException(
                  "Invalid pod template %s: %s is not supported; --label and --annotation set labels and annotations"
                      .formatted(file, field.getKey()));
            });
      }
    }
    for (Map.Entry<String, JsonNode> field : spec.properties()) {
      if (!KNOWN.contains(field.getKey())) {
        problems.note(
            () -> {
              throw new SubmissionException(
                  "Invalid pod template %s: %s"
                      .formatted(file, NearestNames.unknown("field", field.getKey(), KNOWN)));
            });
      }
    }
    problems.note(
        () -> Arguments.requireLiteral("--pod-template", spec.toString(), "write another value"));
    problems.refuse();
    requirePodSpec(file, spec);
    return new PodTemplate((ObjectNode) spec);
  }

  private static void requirePodSpec(String file, JsonNode spec) {
    try {
      Manifests.value(spec, PodSpec.class);
    } catch (IllegalArgumentException e) {
      throw new SubmissionException(
          "Invalid pod template %s: %s"
              .formatted(file, String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          e);
    }
  }

  /** SeeQL's template with the fields of this one. SeeQL's value of a field takes precedence. */
  PodTemplateSpec mergedWith(PodTemplateSpec ours) {
    ObjectNode merged = Manifests.tree(ours);
    merge(merged.withObject("/spec"), spec);
    return Manifests.value(merged, PodTemplateSpec.class);
  }

  /**
   * The strategic merge patch for pods that Argo creates. It replaces the tolerations of a pod and
   * the values of labels of nodes, so it contains SeeQL's as well.
   */
  String patch(PodSettings settings) {
    ObjectNode patch = spec.deepCopy();
    if (patch.has("tolerations")) {
      ArrayNode all = patch.withArray("/tolerations");
      settings.tolerations().forEach(toleration -> all.add(Manifests.tree(toleration)));
    }
    if (patch.has("nodeSelector")) {
      settings.nodeSelector().forEach(patch.withObject("/nodeSelector")::put);
    }
    return patch.toString();
  }

  private static void merge(ObjectNode ours, ObjectNode theirs) {
    for (Map.Entry<String, JsonNode> field : theirs.properties()) {
      JsonNode existing = ours.path(field.getKey());
      if (existing instanceof ObjectNode object && field.getValue() instanceof ObjectNode other) {
        merge(object, other);
      } else if (existing instanceof ArrayNode array
          && field.getValue() instanceof ArrayNode more) {
        array.addAll(more);
      } else if (existing.isMissingNode()) {
        ours.set(field.getKey(), field.getValue());
      }
    }
  }
}
