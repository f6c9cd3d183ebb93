package org.seeql.launcher.manifest;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The component that starts Spark's pods for a statement. */
public enum SparkOperator {
  /** Kubeflow's operator, {@code sparkoperator.k8s.io/v1beta2}. */
  KUBEFLOW,

  /** Apache's operator, {@code spark.apache.org/v1}. */
  APACHE,

  /** No operator: spark-submit in client mode, in the step's own pod. */
  NONE;

  /** The word on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Parses a word.
   *
   * @throws SubmissionException if it is another word
   */
  public static SparkOperator parse(String text) {
    return Arrays.stream(values())
        .filter(operator -> operator.word().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                new SubmissionException(
                    "Invalid operator: '%s' (%s)"
                        .formatted(
                            text,
                            Arrays.stream(values())
                                .map(SparkOperator::word)
                                .collect(Collectors.joining(", ")))));
  }
}
