package org.seeql.chaos;

import java.util.Random;

/** One kind of disturbance. Closed by the suite. */
public interface Scenario extends AutoCloseable {

  /** As it is written on the command line. */
  String name();

  /** What it is measured in; each is a {@link Count#DISTURBANCES}. */
  Unit unit();

  /**
   * Disturbs once and counts what came of it.
   *
   * @param random the only source of chance
   * @param number of the trial, from 0; unique within the scenario
   * @param most disturbances that are still wanted; at least 1
   */
  void trial(Random random, int number, int most, Tally tally) throws Exception;

  @Override
  default void close() {}
}
