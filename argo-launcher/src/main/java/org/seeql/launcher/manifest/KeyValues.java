package org.seeql.launcher.manifest;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Parses options that are repeated as {@code KEY=VALUE}. */
public final class KeyValues {
  private KeyValues() {}

  /**
   * Parses the values of an option.
   *
   * @throws SubmissionException with every value that has another form, and every repeated key
   */
  public static SortedMap<String, String> parse(String option, List<String> texts) {
    SortedMap<String, String> values = new TreeMap<>();
    SubmissionProblems problems = new SubmissionProblems();
    texts.forEach(text -> problems.note(() -> add(option, text, values)));
    problems.refuse();
    return values;
  }

  private static void add(String option, String text, SortedMap<String, String> values) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new SubmissionException(
          "Invalid %s: '%s' (expected KEY=VALUE)".formatted(option, text));
    }
    String key = text.substring(0, equals);
    if (values.putIfAbsent(key, text.substring(equals + 1)) != null) {
      throw new SubmissionException(
          "Invalid %s: '%s' is set more than once".formatted(option, key));
    }
  }
}
