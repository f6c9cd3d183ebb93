package org.seeql.launcher.manifest;

/** What becomes of a firing while an earlier run of the schedule goes on. */
public enum Concurrency {
  /** It is left out. */
  FORBID("Forbid"),
  /** It stops the earlier run. */
  REPLACE("Replace"),
  /** Both go on. */
  ALLOW("Allow");

  private final String policy;

  Concurrency(String policy) {
    this.policy = policy;
  }

  /** As Argo writes it. */
  String policy() {
    return policy;
  }
}
