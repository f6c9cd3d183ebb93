package org.seeql.job.inference;

import java.io.Serializable;

/**
 * An answer about one class, which explains why an image was found or dropped.
 *
 * @param model the model that gave the answer
 * @param word {@code yes}, {@code no}, or {@code unsure} if no model was certain and the answer was
 *     not needed
 * @param score of the best detection of the class, 0 to 1; 0 if there is none
 */
public record DecidingAnswer(String model, String word, float score) implements Serializable {
  private static final long serialVersionUID = 1L;
}
