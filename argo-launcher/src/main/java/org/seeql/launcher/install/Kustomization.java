package org.seeql.launcher.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a Kustomize folder with the features that SeeQL uses: resources, and JSON patches (RFC
 * 6902) of one named object each. Other features are refused, so that none is silently ignored.
 * {@code k8s/e2e/validate} compares the result with kubectl's.
 */
final class Kustomization {
  private static final String FILE = "kustomization.yaml";
  private static final Set<String> KNOWN =
      Set.of("apiVersion", "kind", "namespace", "resources", "patches");

  private Kustomization() {}

  /**
   * The patched objects of a folder, in the order of its resources.
   *
   * @param folder relative to {@code k8s}
   */
  static List<ObjectNode> read(String folder) {
    ObjectNode file = ManifestFiles.objects(folder + "/" + FILE).get(0);
    file.fieldNames().forEachRemaining(name -> require(KNOWN.contains(name), folder, name));
    List<ObjectNode> objects = new ArrayList<>();
    for (JsonNode resource : file.path("resources")) {
      String path = URI.create(folder + "/").resolve(resource.asText()).getPath();
      objects.addAll(path.endsWith(".yaml") ? ManifestFiles.objects(path) : read(path));
    }
    for (JsonNode patch : file.path("patches")) {
      patch(objects, patch, folder);
    }
    return objects;
  }

  private static void patch(List<ObjectNode> objects, JsonNode patch, String folder) {
    String kind = patch.at("/target/kind").asText();
    String name = patch.at("/target/name").asText();
    List<ObjectNode> targets =
        objects.stream()
            .filter(o -> o.path("kind").asText().equals(kind))
            .filter(o -> o.at("/metadata/name").asText().equals(name))
            .toList();
    require(targets.size() == 1, folder, kind + " " + name);
    for (JsonNode operation : ManifestFiles.parse(patch.path("patch").asText())) {
      JsonPatch.apply(operation, targets.get(0));
    }
  }

  private static void require(boolean holds, String folder, String what) {
    if (!holds) {
      throw new IllegalStateException("Cannot read k8s/%s: '%s'".formatted(folder, what));
    }
  }
}
