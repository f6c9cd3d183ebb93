package org.seeql.launcher.manifest;

/** How to handle a firing while an earlier run of the schedule is still running. */
public enum Concurrency {
  /** The firing is skipped. */
  FORBID("Forbid"),
  /** The earlier run is stopped. */
  REPLACE("Replace"),
  /** Both runs continue. */
  ALLOW("Allow");

  private final String policy;

  Concurrency(String policy) {
    this.policy = policy;
  }

  /** Argo's name of the policy. */
  String policy() {
    return policy;
  }
}
