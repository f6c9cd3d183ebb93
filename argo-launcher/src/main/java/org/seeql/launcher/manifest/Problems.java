package org.seeql.launcher.manifest;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a value, so that all of it is told at once. */
final class Problems {
  private final List<String> found = new ArrayList<>();

  /** Notes what a check refuses. */
  void note(Runnable check) {
    try {
      check.run();
    } catch (SubmissionException e) {
      found.addAll(e.problems());
    }
  }

  /**
   * Ends the collection.
   *
   * @throws SubmissionException if anything was found
   */
  void refuse() {
    if (!found.isEmpty()) {
      throw SubmissionException.of(found);
    }
  }
}
