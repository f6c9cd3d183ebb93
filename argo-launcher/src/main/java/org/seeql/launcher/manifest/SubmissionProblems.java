package org.seeql.launcher.manifest;

import java.util.ArrayList;
import java.util.List;

/** Collects the problems of a value, so that all are reported together. */
final class SubmissionProblems {
  private final List<String> found = new ArrayList<>();

  /** Runs a check and records its refusal. */
  void note(Runnable check) {
    try {
      check.run();
    } catch (SubmissionException e) {
      found.addAll(e.problems());
    }
  }

  /**
   * Reports the collected problems.
   *
   * @throws SubmissionException if there are any
   */
  void refuse() {
    if (!found.isEmpty()) {
      throw SubmissionException.of(found);
    }
  }
}
