package org.seeql.planner.model;

/** What is known of the images before a model has seen them: how often each class is shown. */
public sealed interface World permits Priors, PresenceSample {

  /** Whether anything is known of a class. */
  boolean covers(String className);
}
