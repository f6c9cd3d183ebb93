package org.seeql.datasets.yolo;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.seeql.database.RefusalException;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The YAML file of a data set. The file is not trusted: its size, its depth and its aliases are
 * limited, and tags of applications are refused.
 *
 * <p>All plain values are texts, so a class can be named {@code no} or {@code 1e3}.
 *
 * @see <a href="https://docs.ultralytics.com/datasets/detect/">Ultralytics' data set format</a>
 */
final class YoloYaml {
  private static final int MAX_BYTES = 3 << 20;
  private static final int MAX_ALIASES = 10;
  private static final int MAX_CLASSES = 100_000;

  private final String name;
  private final Map<?, ?> values;

  private YoloYaml(String name, Map<?, ?> values) {
    this.name = requireNonNull(name, "name is null");
    this.values = requireNonNull(values, "values is null");
  }

  /**
   * Reads a file.
   *
   * @param name the file's name in messages
   * @throws RefusalException if it cannot be read, or is not a YAML map
   */
  static YoloYaml read(Path file, String name) {
    if (!Files.isRegularFile(file)) {
      String reason = Files.exists(file) ? "it is not a regular file" : "there is no such file";
      throw refusal(name, reason);
    }
    try {
      long bytes = Files.size(file);
      if (bytes > MAX_BYTES) {
        throw refusal(name, "it has %d bytes (at most %d)".formatted(bytes, MAX_BYTES));
      }
      try (InputStream in = Files.newInputStream(file)) {
        if (parser().load(in) instanceof Map<?, ?> values) {
          return new YoloYaml(name, values);
        }
        throw refusal(name, "it is not a map of keys such as train, val and names");
      }
    } catch (IOException e) {
      throw new RefusalException("Cannot import %s: %s".formatted(name, e.getMessage()), e);
    } catch (YAMLException e) {
      throw new RefusalException(
          "Cannot import %s: it is not valid YAML%s".formatted(name, reason(e)), e);
    }
  }

  private static Yaml parser() {
    LoaderOptions limits = new LoaderOptions();
    limits.setCodePointLimit(MAX_BYTES);
    limits.setMaxAliasesForCollections(MAX_ALIASES);
    limits.setAllowRecursiveKeys(false);
    limits.setAllowDuplicateKeys(false);
    DumperOptions unused = new DumperOptions();
    return new Yaml(
        new SafeConstructor(limits), new Representer(unused), unused, limits, new PlainTexts());
  }

  /** Leaves every plain value a text, except null. */
  private static final class PlainTexts extends Resolver {
    @Override
    protected void addImplicitResolvers() {
      addImplicitResolver(Tag.NULL, NULL, "~nN\0");
      addImplicitResolver(Tag.NULL, EMPTY, null);
    }
  }

  private static String reason(YAMLException error) {
    if (error instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
      return " at line %d, column %d: %s"
          .formatted(
              marked.getProblemMark().getLine() + 1,
              marked.getProblemMark().getColumn() + 1,
              oneLine(marked.getProblem()));
    }
    return ": " + oneLine(error.getMessage());
  }

  private static String oneLine(String text) {
    return String.valueOf(text).lines().findFirst().orElse("");
  }

  /** The folder to which the other paths are relative. */
  Optional<String> path() {
    List<String> paths = texts("path");
    if (paths.size() > 1) {
      throw refusal("path is a list, not one folder");
    }
    return paths.stream().findFirst();
  }

  /** The keys of the file, such as {@code train}. */
  List<String> keys() {
    return values.keySet().stream().map(String::valueOf).toList();
  }

  /** The folders and lists of images of a split; empty if the file does not have the split. */
  List<String> images(String split) {
    return texts(split);
  }

  /** The value of a key, which is a text or a list of texts; empty if it is missing or null. */
  private List<String> texts(String key) {
    Object value = values.get(key);
    List<String> texts = new ArrayList<>();
    for (Object item :
        value instanceof List<?> list ? list : value == null ? List.of() : List.of(value)) {
      if (!(item instanceof String text) || text.isBlank() || text.indexOf('\0') >= 0) {
        throw refusal(key + " is not a path or a list of paths");
      }
      texts.add(text.strip());
    }
    return texts;
  }

  /** The names of the classes, by their numbers in label files. */
  SortedMap<Integer, String> names() {
    Object value = values.get("names");
    SortedMap<Integer, String> names = new TreeMap<>();
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        names.put(i, className(i, list.get(i)));
      }
    } else if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        int number = number(entry.getKey());
        if (names.put(number, className(number, entry.getValue())) != null) {
          throw refusal("names has class %d twice".formatted(number));
        }
      }
    } else if (value != null) {
      throw refusal("names is not a list or a map");
    }
    if (names.isEmpty()) {
      throw refusal("it has no names of classes");
    }
    if (names.size() > MAX_CLASSES) {
      throw refusal("names has %d classes (at most %d)".formatted(names.size(), MAX_CLASSES));
    }
    requireDifferent(names);
    return names;
  }

  private int number(Object key) {
    String text = String.valueOf(key);
    if (!text.matches("\\d{1,9}")) {
      throw refusal("class '%s' of names is not a number from 0".formatted(text));
    }
    return Integer.parseInt(text);
  }

  private String className(int number, Object value) {
    if (value == null || value instanceof List || value instanceof Map) {
      throw refusal("class %d of names is not a text".formatted(number));
    }
    String text = String.valueOf(value).strip();
    if (text.isEmpty()) {
      throw refusal("class %d of names is empty".formatted(number));
    }
    return text;
  }

  private void requireDifferent(Map<Integer, String> names) {
    Map<String, Integer> numbers = new HashMap<>();
    names.forEach(
        (number, text) -> {
          Integer earlier = numbers.putIfAbsent(text, number);
          if (earlier != null) {
            throw refusal(
                "classes %d and %d have the same name '%s'; give them different names"
                    .formatted(earlier, number, text));
          }
        });
  }

  /** The shape of the keypoints; empty if objects have none. */
  Optional<KeypointShape> keypoints() {
    Object value = values.get("kpt_shape");
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof List<?> shape
        && shape.size() == 2
        && String.valueOf(shape.get(0)).matches("[1-9]\\d{0,2}")
        && String.valueOf(shape.get(1)).matches("[23]")) {
      return Optional.of(
          new KeypointShape(
              Integer.parseInt(String.valueOf(shape.get(0))),
              Integer.parseInt(String.valueOf(shape.get(1)))));
    }
    throw refusal("kpt_shape is not [K, 2] or [K, 3], with K from 1 to 999");
  }

  /** The refusal of this file. */
  RefusalException refusal(String reason) {
    return refusal(name, reason);
  }

  private static RefusalException refusal(String name, String reason) {
    return new RefusalException("Cannot import %s: %s".formatted(name, reason));
  }
}
