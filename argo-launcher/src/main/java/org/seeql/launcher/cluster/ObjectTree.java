package org.seeql.launcher.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import org.seeql.launcher.manifest.Labels;

/** Compares requested objects with the objects of a cluster. */
final class ObjectTree {
  /** The start of a placeholder that Argo substitutes in the stored spec of a workflow. */
  private static final String ARGOS = "{{";

  private ObjectTree() {}

  /**
   * Whether two objects have the same requested spec. The digests decide, so that additional fields
   * of the request also count. Without digests the content decides.
   */
  static boolean isCreatedFrom(JsonNode existing, JsonNode wanted) {
    String digest = digest(existing);
    return digest.isEmpty()
        ? holds(existing.path("spec"), wanted.path("spec"))
        : digest.equals(digest(wanted));
  }

  private static String digest(JsonNode object) {
    return object.path("metadata").path("annotations").path(Labels.DIGEST).asText();
  }

  /** Whether a tree contains all fields of another. The cluster may have added fields. */
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
