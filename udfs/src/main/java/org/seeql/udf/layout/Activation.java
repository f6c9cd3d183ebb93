package org.seeql.udf.layout;

/** What a classification model's output still needs to be probabilities. */
public enum Activation {
  /** Nothing: the output is probabilities. */
  NONE,
  /** The softmax over the classes: the output is logits. */
  SOFTMAX
}
