package org.seeql.launcher.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.List;

/** Writes Kubernetes objects as YAML. The output is deterministic. */
public final class Manifests {
  private static final ObjectMapper YAML =
      new ObjectMapper(
              YAMLFactory.builder()
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                  .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
                  .disable(YAMLGenerator.Feature.SPLIT_LINES)
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .build())
          .registerModule(new Jdk8Module());

  private Manifests() {}

  /** Writes one object. */
  static String yaml(Object object) {
    try {
      return YAML.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + object.getClass().getSimpleName(), e);
    }
  }

  /** Converts an object to the tree of its YAML. */
  public static ObjectNode tree(Object object) {
    return YAML.valueToTree(object);
  }

  /**
   * Reads YAML. An empty text is a missing node.
   *
   * @throws SubmissionException if it is not YAML
   */
  static JsonNode read(String text) {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException e) {
      throw new SubmissionException(
          "Cannot read YAML: " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
    }
  }

  /** Converts the tree of a YAML object. */
  static <T> T value(JsonNode tree, Class<T> type) {
    return YAML.convertValue(tree, type);
  }

  /** Several objects as one, which {@code kubectl apply} accepts. */
  public static ObjectNode list(List<?> objects) {
    ObjectNode list = YAML.createObjectNode();
    list.put("apiVersion", "v1").put("kind", "List");
    ArrayNode items = list.putArray("items");
    objects.forEach(object -> items.add(tree(object)));
    return list;
  }

  /** Writes several objects, separated by {@code ---}. */
  public static String yaml(List<?> objects) {
    StringBuilder text = new StringBuilder();
    for (Object object : objects) {
      text.append(text.isEmpty() ? "" : "---\n").append(yaml(object));
    }
    return text.toString();
  }
}
