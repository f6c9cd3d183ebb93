package org.seeql.job.inference;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The answers of several models about one image of the selection.
 *
 * @param row of the selection
 * @param answers for each model, in their order, the answer about each class that it knows
 * @param decisions for each plan, in their order, whether it finds the image
 */
public record SampledImage(
    long row, List<Map<String, ModelAnswer>> answers, List<Boolean> decisions)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * The answer of a model about a class.
   *
   * @param isShown whether the image shows the class, by the model's threshold
   * @param score the highest score of the class, 0 to 1; 0 below the threshold
   */
  public record ModelAnswer(boolean isShown, float score) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  public SampledImage {
    // Copies the collections: the serialized form of List.copyOf is defined by the JDK
    List<Map<String, ModelAnswer>> copy = new ArrayList<>();
    answers.forEach(ofModel -> copy.add(new TreeMap<>(ofModel)));
    answers = Collections.unmodifiableList(copy);
    decisions = Collections.unmodifiableList(new ArrayList<>(decisions));
  }

  /** The answers of a model, by its index. */
  public Map<String, ModelAnswer> of(int model) {
    return Collections.unmodifiableMap(answers.get(model));
  }
}
