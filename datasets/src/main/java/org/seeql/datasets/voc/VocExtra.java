package org.seeql.datasets.voc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The fields of a document that have no column, as a JSON object by their paths: {@code
 * "source/image"}. Whole numbers of at most 18 digits are numbers, all other values are texts. A
 * field that is repeated with different texts is left out.
 */
final class VocExtra {
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");

  /** Fields of an image that have a column, in {@code images} or in {@code info}. */
  private static final Set<String> OF_IMAGES =
      Set.of("filename", "size/width", "size/height", "source/database");

  /** Fields of an object that have a column. */
  private static final Set<String> OF_OBJECTS = Set.of("name", "pose", "truncated", "difficult");

  private static final String BOX = "bndbox/";

  // tools write other values for "unknown"
  private static final String SEGMENTED = "segmented";

  private static final String SIZE_DEPTH = "size/depth";
  private static final String DEPTH = "depth";

  private VocExtra() {}

  static Optional<String> ofImage(VocValues values) {
    Map<String, String> texts = unknown(values, OF_IMAGES);
    texts.computeIfPresent(
        SEGMENTED, (name, text) -> text.equals("0") || text.equals("1") ? text : null);
    // VOC has no other depth, but a tool may write one
    if (texts.containsKey(SIZE_DEPTH) && !texts.containsKey(DEPTH)) {
      texts.put(DEPTH, texts.remove(SIZE_DEPTH));
    }
    return json(texts);
  }

  static Optional<String> ofObject(VocValues values) {
    Map<String, String> texts = unknown(values, OF_OBJECTS);
    texts.keySet().removeIf(name -> name.startsWith(BOX));
    return json(texts);
  }

  private static Map<String, String> unknown(VocValues values, Set<String> known) {
    Map<String, String> texts = new TreeMap<>(values.texts());
    texts.keySet().removeAll(known);
    texts.keySet().removeAll(values.ambiguous());
    return texts;
  }

  private static Optional<String> json(Map<String, String> texts) {
    ObjectNode extra = JsonNodeFactory.instance.objectNode();
    texts.forEach(
        (name, text) -> {
          if (NUMBER.matcher(text).matches()) {
            extra.put(name, Long.parseLong(text));
          } else {
            extra.put(name, text);
          }
        });
    return extra.isEmpty() ? Optional.empty() : Optional.of(extra.toString());
  }
}
