package org.seeql.launcher.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import org.seeql.launcher.manifest.Labels;

/** Compares what was asked for with what a cluster has. */
final class ObjectTree {
  /** What Argo puts values in the place of, in the spec of a workflow itself. */
  private static final String ARGOS = "{{";

  private ObjectTree() {}

  /**
   * Whether an object was made of the same spec as another is to be: by the digests that both have,
   * so that what was asked for in addition counts; without them by what they hold.
   */
  static boolean isMadeAs(JsonNode there, JsonNode wanted) {
    String digest = digest(there);
    return digest.isEmpty()
        ? holds(there.path("spec"), wanted.path("spec"))
        : digest.equals(digest(wanted));
  }

  private static String digest(JsonNode object) {
    return object.path("metadata").path("annotations").path(Labels.DIGEST).asText();
  }

  /** Whether a tree has everything that another has; the cluster may have added to it. */
  static boolean holds(JsonNode tree, JsonNode part) {
    if (part.isObject()) {
      return tree.isObject()
          && part.properties().stream()
              .allMatch(field -> holds(tree.path(field.getKey()), field.getValue()));
    }
    if (part.isArray()) {
      boolean same = tree.isArray() && tree.size() == part.size();
      for (int i = 0; same && i < part.size(); i++) {
        same = holds(tree.get(i), part.get(i));
      }
      return same;
    }
    return part.asText().contains(ARGOS) || tree.asText().equals(part.asText());
  }
}
