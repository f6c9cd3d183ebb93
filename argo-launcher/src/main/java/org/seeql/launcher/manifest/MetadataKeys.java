package org.seeql.launcher.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Validates labels, annotations and selectors of a user. */
final class MetadataKeys {
  private static final int LONGEST_PREFIX = 253;

  /** Kubernetes: all annotations of an object together (TotalAnnotationSizeLimitB). */
  private static final int ANNOTATIONS = 256 * 1024;

  /** A name or value of a label: at most 63 characters. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

  private static final Pattern PREFIX =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  /** Keys by which SeeQL, Argo, Spark and its operators find their objects. */
  private static final List<String> RESERVED =
      List.of(
          "seeql.org/",
          Labels.MANAGED_BY,
          "workflows.argoproj.io/",
          "sparkoperator.k8s.io/",
          "spark.operator/",
          "spark-");

  private MetadataKeys() {}

  /** Checks a key of a label, an annotation or a node. */
  static void require(String option, String key) {
    int slash = key.indexOf('/');
    String prefix = slash < 0 ? "" : key.substring(0, slash);
    boolean valid =
        NAME.matcher(key.substring(slash + 1)).matches()
            && (slash < 0
                || (prefix.length() <= LONGEST_PREFIX && PREFIX.matcher(prefix).matches()));
    if (!valid) {
      throw new SubmissionException(
          "Invalid %s: the key '%s' (expected [PREFIX/]NAME, such as example.org/team; the name has at most 63 letters, digits, '.', '_' and '-')"
              .formatted(option, key));
    }
  }

  /** Checks labels that are added to the objects of a submission. */
  static void requireLabels(String option, Map<String, String> labels) {
    requireSelector(option, labels);
    labels.keySet().forEach(key -> requireFree(option, key));
  }

  /** Checks the labels by which nodes are selected. */
  static void requireSelector(String option, Map<String, String> labels) {
    labels.forEach(
        (key, value) -> {
          require(option, key);
          if (!value.isEmpty() && !NAME.matcher(value).matches()) {
            throw new SubmissionException(
                "Invalid %s: the value '%s' of %s (at most 63 letters, digits, '.', '_' and '-')"
                    .formatted(option, value, key));
          }
        });
  }

  /** Checks annotations that are added to the objects of a submission. */
  static void requireAnnotations(String option, Map<String, String> annotations) {
    annotations.forEach(
        (key, value) -> {
          require(option, key);
          requireFree(option, key);
          Arguments.requireLiteral(option, value, "write another value");
        });
    int bytes =
        annotations.entrySet().stream()
            .mapToInt(
                entry ->
                    entry.getKey().getBytes(UTF_8).length + entry.getValue().getBytes(UTF_8).length)
            .sum();
    if (bytes > ANNOTATIONS / 2) {
      throw new SubmissionException(
          String.format(
              Locale.ROOT,
              "Invalid %s: the annotations have %,d bytes (at most %,d, half of what Kubernetes stores with an object)",
              option,
              bytes,
              ANNOTATIONS / 2));
    }
  }

  private static void requireFree(String option, String key) {
    if (RESERVED.stream().anyMatch(key::startsWith)) {
      throw new SubmissionException(
          "Invalid %s: the key '%s' is reserved for SeeQL, Argo and Spark; choose another key"
              .formatted(option, key));
    }
  }
}
