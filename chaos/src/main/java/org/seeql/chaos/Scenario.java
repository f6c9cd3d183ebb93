package org.seeql.chaos;

import java.util.Random;

/** A kind of disturbance. The suite closes it. */
public interface Scenario extends AutoCloseable {

  /** The name on the command line. */
  String name();

  /** The unit of the scenario's {@link Count#DISTURBANCES}. */
  Unit unit();

  /**
   * Runs one trial and counts the outcomes.
   *
   * @param random the only source of randomness
   * @param number of the trial, from 0; unique within the scenario
   * @param max the maximum number of disturbances in this trial; at least 1
   */
  void trial(Random random, int number, int max, Tally tally) throws Exception;

  @Override
  default void close() {}
}
