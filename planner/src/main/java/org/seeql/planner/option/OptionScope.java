package org.seeql.planner.option;

/** Where an option can be set. */
public enum OptionScope {
  /**
   * Statements that run inference: CMD of TO RUN, with {@code conf/programs.yaml}, and TO PREDICT.
   */
  RUN,
  /** TO PREDICT … USING AUTO, in addition to {@link #RUN}. */
  AUTO,
  /** TO EVALUATE. */
  EVALUATE,
  /** TO EXPLAIN. */
  EXPLAIN,
  /** TO FIND. */
  FIND,
  /** TO TRAIN. */
  TRAIN,
  /** Arguments of the commands that run or submit a program. */
  COMMAND_LINE,
  /** Calls of {@code detect} and the like in Spark SQL. */
  DETECT_FUNCTION,
  /** Calls of {@code classify} and the like in Spark SQL. */
  CLASSIFY_FUNCTION,
  /** Calls of {@code tag} and the like in Spark SQL. */
  TAG_FUNCTION,
  /** Calls of {@code embed} and the like in Spark SQL. */
  EMBED_FUNCTION
}
