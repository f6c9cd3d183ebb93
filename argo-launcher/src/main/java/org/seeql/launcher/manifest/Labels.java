package org.seeql.launcher.manifest;

import java.util.SortedMap;
import java.util.TreeMap;

/** The labels of the objects that SeeQL creates on a cluster. */
public final class Labels {
  /** The name of the workflow that an object belongs to. */
  public static final String WORKFLOW = "seeql.org/workflow";

  /** The name of the schedule that an object belongs to. */
  public static final String SCHEDULE = "seeql.org/schedule";

  /** The number of the statement that a task executes, from 1. */
  public static final String STATEMENT = "seeql.org/statement";

  /** An annotation: the start of the program, for people. */
  public static final String PROGRAM = "seeql.org/program";

  /** An annotation: a digest of the requested spec. */
  public static final String DIGEST = "seeql.org/digest";

  /** The creator of an object: {@link #SEEQL}. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  public static final String SEEQL = "seeql";

  private Labels() {}

  static SortedMap<String, String> of(Submission submission) {
    SortedMap<String, String> labels = new TreeMap<>(submission.settings().pods().labels());
    labels.put(MANAGED_BY, SEEQL);
    labels.put(WORKFLOW, submission.name());
    return labels;
  }

  static SortedMap<String, String> of(Schedule schedule, Submission runs) {
    SortedMap<String, String> labels = new TreeMap<>(runs.settings().pods().labels());
    labels.put(MANAGED_BY, SEEQL);
    labels.put(SCHEDULE, schedule.name());
    return labels;
  }

  static SortedMap<String, String> of(Submission submission, int statement) {
    SortedMap<String, String> labels = of(submission);
    labels.put(STATEMENT, String.valueOf(statement));
    return labels;
  }
}
