package org.seeql.launcher.install;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.seeql.launcher.manifest.KubernetesNames;
import org.seeql.launcher.manifest.Manifests;

/**
 * The requirements of a cluster before a program can run on it. SeeQL's own objects come from the
 * repository's folder {@code k8s}; other requirements are described as text. Pure: the result
 * depends only on the overlay, the namespace and the additions.
 */
public final class Installation {
  private static final Set<String> OF_THE_CLUSTER = Set.of("Namespace", "PersistentVolume");

  private final Overlay overlay;
  private final String namespace;
  private final InstalledObjects additions;

  /** Creates the installation of an overlay in a namespace, as the files describe it. */
  public Installation(Overlay overlay, String namespace) {
    this(overlay, namespace, InstalledObjects.DEFAULT);
  }

  /**
   * Creates the installation of an overlay in a namespace.
   *
   * @param additions to the objects of the files
   * @throws org.seeql.launcher.manifest.SubmissionException if the namespace is not a valid name
   */
  public Installation(Overlay overlay, String namespace, InstalledObjects additions) {
    this.additions = requireNonNull(additions, "additions is null");
    this.overlay = requireNonNull(overlay, "overlay is null");
    this.namespace = KubernetesNames.requireLabel("namespace", namespace);
  }

  /** The objects in the order of creation. The namespace is first. */
  public List<ObjectNode> objects() {
    List<ObjectNode> objects = Kustomization.read(overlay.folder());
    objects.forEach(this::place);
    return objects;
  }

  private void place(ObjectNode object) {
    ObjectNode metadata = object.withObject("/metadata");
    String kind = object.path("kind").asText();
    if (kind.equals("Namespace")) {
      metadata.put("name", namespace);
    }
    if (!OF_THE_CLUSTER.contains(kind)) {
      metadata.put("namespace", namespace);
    }
    for (JsonNode subject : object.path("subjects")) {
      ((ObjectNode) subject).put("namespace", namespace);
    }
    additions.addTo(object);
  }

  /** The objects as YAML, with comments that describe the steps before and after. */
  public String text() {
    return comment(
            InstallationGuide.FIRST.formatted(
                overlay.name().toLowerCase(Locale.ROOT),
                namespace,
                Manifests.yaml(List.of(operatorValues())).indent(6),
                Manifests.yaml(List.of(controllerPatch())).indent(6)))
        + Manifests.yaml(objects())
        + comment(InstallationGuide.THEN.formatted(namespace));
  }

  /** The values for the Helm chart of Kubeflow's operator. */
  private ObjectNode operatorValues() {
    ObjectNode values = ManifestFiles.objects("spark-operator/kubeflow-values.yaml").get(0);
    values.withObject("/spark").putArray("jobNamespaces").add(namespace);
    return values;
  }

  /** The patch for the ConfigMap of Argo's controller. */
  private static ObjectNode controllerPatch() {
    return ManifestFiles.objects("argo/controller-patch.yaml").get(0);
  }

  private static String comment(String text) {
    StringBuilder comment = new StringBuilder();
    text.stripTrailing()
        .lines()
        .forEach(line -> comment.append(("# " + line).stripTrailing()).append('\n'));
    return comment.toString();
  }
}
