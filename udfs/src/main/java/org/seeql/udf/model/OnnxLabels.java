package org.seeql.udf.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The labels that Ultralytics writes into an ONNX file, as the Python literal of a dictionary or a
 * list: <code>{0: 'person', 1: 'bicycle'}</code>.
 */
final class OnnxLabels {
  private static final Pattern ITEM =
      Pattern.compile("(?:(\\d+)\\s*:\\s*)?(?:'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\")");

  private OnnxLabels() {}

  /** The labels by class id; none when the text is something else. */
  static List<String> parse(String literal) {
    List<String> labels = new ArrayList<>();
    Matcher item = ITEM.matcher(literal);
    while (item.find()) {
      if (item.group(1) != null && !item.group(1).equals(String.valueOf(labels.size()))) {
        return List.of();
      }
      String label = item.group(2) != null ? item.group(2) : item.group(3);
      labels.add(label.replaceAll("\\\\(.)", "$1"));
    }
    return labels;
  }
}
