package org.seeql.udf.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.seeql.udf.layout.ExportMetadata;

/** Reads what Ultralytics and compatible exporters write into a model's file. */
final class ExportMetadataReader {
  private ExportMetadataReader() {}

  /** From the metadata of an ONNX file, whose values are literals of Python. */
  static ExportMetadata ofOnnx(Map<String, String> custom) {
    Map<String, Object> values = new HashMap<>();
    custom.forEach((key, text) -> values.put(key, LiteralParser.parse(text).orElse(text)));
    return metadata(values);
  }

  /** From the JSON text in a TorchScript archive. */
  static ExportMetadata ofTorchScript(String json) {
    return LiteralParser.parse(json.trim())
        .map(ExportMetadataReader::map)
        .map(ExportMetadataReader::metadata)
        .orElse(ExportMetadata.NONE);
  }

  private static ExportMetadata metadata(Map<String, Object> values) {
    boolean nms = isTrue(map(values.get("args")).get("nms"));
    return new ExportMetadata(
        Optional.ofNullable(values.get("task")).map(Object::toString),
        names(values.get("names")),
        numbers(values.get("imgsz")),
        isTrue(values.get("end2end")) || nms,
        numbers(values.get("kpt_shape")),
        nms ? mostImages(numbers(values.get("batch"))) : OptionalInt.empty(),
        "Ultralytics".equals(values.get("author")));
  }

  /** An exported suppression is a loop over the images of the export; it ignores further images. */
  private static OptionalInt mostImages(List<Integer> batch) {
    return batch.size() == 1 ? OptionalInt.of(batch.get(0)) : OptionalInt.empty();
  }

  /** The names by class id; empty if they are not numbered from 0 in order. */
  private static List<String> names(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Object::toString).toList();
    }
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, Object> name : map(value).entrySet()) {
      if (!name.getKey().equals(String.valueOf(names.size()))) {
        return List.of();
      }
      names.add(name.getValue().toString());
    }
    return names;
  }

  /** The numbers of a list, or a single number; empty if something else is there. */
  private static List<Integer> numbers(Object value) {
    List<Integer> numbers = new ArrayList<>();
    for (Object number : value instanceof List<?> list ? list : List.of(String.valueOf(value))) {
      try {
        numbers.add(Integer.valueOf(number.toString()));
      } catch (NumberFormatException e) {
        return List.of();
      }
    }
    return numbers;
  }

  private static boolean isTrue(Object value) {
    return value != null && value.toString().equalsIgnoreCase("true");
  }

  private static Map<String, Object> map(Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> entries) {
      entries.forEach((key, entry) -> map.put(key.toString(), entry));
    }
    return map;
  }
}
