package org.seeql.udf.layout;

/** The function that converts a model's scores to probabilities. */
public enum Activation {
  /** None: the output consists of probabilities. */
  NONE,
  /** The softmax over the classes: the output consists of logits. */
  SOFTMAX,
  /** The logistic function of each class: the output consists of independent logits. */
  SIGMOID
}
