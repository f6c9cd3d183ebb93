package org.seeql.launcher.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.List;

/** Writes objects of Kubernetes as YAML, the same ones always in the same words. */
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

  /** One object. */
  static String yaml(Object object) {
    try {
      return YAML.writeValueAsString(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + object.getClass().getSimpleName(), e);
    }
  }

  /** One object as a tree, as its YAML has it. */
  public static ObjectNode tree(Object object) {
    return YAML.valueToTree(object);
  }

  /** Several objects, with a line of dashes between them. */
  public static String yaml(List<?> objects) {
    StringBuilder text = new StringBuilder();
    for (Object object : objects) {
      text.append(text.isEmpty() ? "" : "---\n").append(yaml(object));
    }
    return text.toString();
  }
}
