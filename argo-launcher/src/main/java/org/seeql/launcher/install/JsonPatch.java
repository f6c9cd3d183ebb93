package org.seeql.launcher.install;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Applies the operations {@code add} and {@code replace} of RFC 6902. */
final class JsonPatch {
  private JsonPatch() {}

  /**
   * Applies one operation to a document.
   *
   * @throws IllegalStateException if it is another operation, or its path does not exist
   */
  static void apply(JsonNode operation, JsonNode document) {
    String what = operation.path("op").asText();
    JsonPointer path = JsonPointer.compile(operation.path("path").asText());
    JsonNode parent = document.at(path.head());
    boolean isThere = !document.at(path).isMissingNode();
    boolean fits =
        what.equals("replace") ? isThere : what.equals("add") && parent.isContainerNode();
    if (!fits) {
      throw new IllegalStateException("Cannot apply " + operation);
    }
    String last = path.last().getMatchingProperty();
    if (parent instanceof ObjectNode object) {
      object.set(last, operation.path("value"));
    } else if (what.equals("add")) {
      ArrayNode array = (ArrayNode) parent;
      array.insert(
          last.equals("-") ? array.size() : Integer.parseInt(last), operation.path("value"));
    } else {
      ((ArrayNode) parent).set(path.last().getMatchingIndex(), operation.path("value"));
    }
  }
}
