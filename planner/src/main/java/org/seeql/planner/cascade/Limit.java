package org.seeql.planner.cascade;

import java.io.Serializable;

/**
 * A certified lower bound of a measure.
 *
 * @param lower with the plan's confidence, the measure is at least this; 0 to 1
 * @param successes of the trials: correct answers for accuracy, correctly returned images for
 *     precision, recall and F1
 * @param trials rows of the certification half on which the measure is a share
 */
public record Limit(double lower, int successes, int trials) implements Serializable {}
