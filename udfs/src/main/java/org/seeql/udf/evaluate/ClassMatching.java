package org.seeql.udf.evaluate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Maps the labels of a model to the classes of a data set. Equal names match. Other names match if
 * they differ only in case, spaces, dashes and underscores, and if the match is unique. Pure.
 *
 * @param classes names of the data set's classes; the index is the class's number
 * @param labels the model's label for each class; empty if the model does not know it
 * @param unknown labels of the model that the data set does not have
 */
public record ClassMatching(
    List<String> classes, List<Optional<String>> labels, List<String> unknown) {
  public ClassMatching {
    classes = List.copyOf(classes);
    labels = List.copyOf(labels);
    unknown = List.copyOf(unknown);
  }

  /**
   * Matches names.
   *
   * @param classes of the data set; duplicates count once
   * @param labels of the model, by class id
   */
  public static ClassMatching of(Collection<String> classes, List<String> labels) {
    Set<String> names = new LinkedHashSet<>(classes);
    Set<String> rest = new LinkedHashSet<>(labels);
    Map<String, String> labelOf = new HashMap<>();
    for (String name : names) {
      if (rest.remove(name)) {
        labelOf.put(name, name);
      }
    }
    Set<String> unmatched = new LinkedHashSet<>(names);
    unmatched.removeAll(labelOf.keySet());
    Map<String, Optional<String>> labelByKey = onlyOnes(rest);
    onlyOnes(unmatched)
        .forEach(
            (key, name) -> {
              Optional<String> label = labelByKey.getOrDefault(key, Optional.empty());
              if (name.isPresent() && label.isPresent()) {
                labelOf.put(name.get(), label.get());
                rest.remove(label.get());
              }
            });
    return new ClassMatching(
        List.copyOf(names),
        names.stream().map(name -> Optional.ofNullable(labelOf.get(name))).toList(),
        List.copyOf(rest));
  }

  /** Names by their key without case and separators; empty if several names share a key. */
  private static Map<String, Optional<String>> onlyOnes(Set<String> names) {
    Map<String, Optional<String>> byKey = new LinkedHashMap<>();
    for (String name : names) {
      byKey.merge(key(name), Optional.of(name), (first, second) -> Optional.empty());
    }
    return byKey;
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "");
  }

  /** The number of a class of the data set. */
  public OptionalInt numberOf(String name) {
    int number = classes.indexOf(name);
    return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** The class number for each label of the model, or -1. */
  public int[] numbers(List<String> modelLabels) {
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      int number = i;
      labels.get(i).ifPresent(label -> numbers.put(label, number));
    }
    return modelLabels.stream().mapToInt(label -> numbers.getOrDefault(label, -1)).toArray();
  }

  /** The numbers of the classes that the model knows. */
  public List<Integer> known() {
    return IntStream.range(0, labels.size())
        .filter(i -> labels.get(i).isPresent())
        .boxed()
        .toList();
  }

  /** The classes that the model does not know. */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      if (labels.get(i).isEmpty()) {
        missing.add(classes.get(i));
      }
    }
    return Collections.unmodifiableList(missing);
  }
}
