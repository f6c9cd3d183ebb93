package org.seeql.planner.model;

/** What is known about the images before any model has run: how often they show each class. */
public sealed interface World permits Priors, PresenceSample {

  /** Whether the frequency of a class is known. */
  boolean covers(String className);
}
