package org.seeql.launcher.cluster;

import com.fasterxml.jackson.databind.JsonNode;

/** Compares what was asked for with what a cluster has. */
final class ObjectTree {
  /** What Argo puts values in the place of, in the spec of a workflow itself. */
  private static final String ARGOS = "{{";

  private ObjectTree() {}

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
