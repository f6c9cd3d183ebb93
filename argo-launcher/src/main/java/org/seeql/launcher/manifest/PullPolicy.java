package org.seeql.launcher.manifest;

import java.util.Arrays;
import java.util.stream.Collectors;

/** When a node pulls a container image. */
public enum PullPolicy {
  ALWAYS("Always"),
  IF_NOT_PRESENT("IfNotPresent"),
  NEVER("Never");

  private final String word;

  PullPolicy(String word) {
    this.word = word;
  }

  /** Kubernetes' word. */
  String word() {
    return word;
  }

  /**
   * Parses Kubernetes' word.
   *
   * @throws SubmissionException if it is another word
   */
  public static PullPolicy parse(String text) {
    return Arrays.stream(values())
        .filter(policy -> policy.word.equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () ->
                new SubmissionException(
                    "Invalid --image-pull-policy: '%s' (%s)"
                        .formatted(
                            text,
                            Arrays.stream(values())
                                .map(PullPolicy::word)
                                .collect(Collectors.joining(", ")))));
  }
}
