package org.seeql.launcher.manifest;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.Toleration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings of all pods of a submission.
 *
 * @param pullSecrets Secrets with credentials of registries
 * @param nodeSelector labels of the nodes that run the pods
 * @param labels of the pods and all other objects
 * @param annotations of the pods and all other objects
 */
public record PodSettings(
    List<String> pullSecrets,
    Optional<PullPolicy> pullPolicy,
    SortedMap<String, String> nodeSelector,
    List<Toleration> tolerations,
    SortedMap<String, String> labels,
    SortedMap<String, String> annotations) {
  public static final PodSettings DEFAULT =
      new PodSettings(
          List.of(),
          Optional.empty(),
          new TreeMap<>(),
          List.of(),
          new TreeMap<>(),
          new TreeMap<>());

  public PodSettings {
    pullSecrets = List.copyOf(pullSecrets);
    requireNonNull(pullPolicy, "pullPolicy is null");
    nodeSelector = copy(nodeSelector);
    tolerations = List.copyOf(tolerations);
    labels = copy(labels);
    annotations = copy(annotations);
    SubmissionProblems problems = new SubmissionProblems();
    pullSecrets.forEach(
        secret ->
            problems.note(() -> KubernetesNames.requireSubdomain("--image-pull-secret", secret)));
    Map<String, String> nodes = nodeSelector;
    problems.note(() -> MetadataKeys.requireSelector("--node-selector", nodes));
    Map<String, String> marks = labels;
    problems.note(() -> MetadataKeys.requireLabels("--label", marks));
    Map<String, String> notes = annotations;
    problems.note(() -> MetadataKeys.requireAnnotations("--annotation", notes));
    problems.refuse();
  }

  private static SortedMap<String, String> copy(SortedMap<String, String> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
