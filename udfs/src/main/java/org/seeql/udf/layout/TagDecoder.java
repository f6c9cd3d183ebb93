package org.seeql.udf.layout;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.seeql.udf.detect.ClassScore;

/** Decodes the classes of one image from a tagger's output {@code [B, C]}. Thread-safe. */
public final class TagDecoder {
  private final TaggingLayout layout;
  private final List<String> labels;
  private final Activation activation;

  TagDecoder(TaggingLayout layout, List<String> labels, Activation activation) {
    this.layout = layout;
    this.labels = List.copyOf(labels);
    this.activation = activation;
  }

  /**
   * The classes of an image, the best first.
   *
   * @param image its index in the batch, from 0
   * @param confidence the minimum score, 0 to 1
   */
  public List<ClassScore> decode(ModelOutputs outputs, int image, double confidence) {
    float[] scores = layout.scores(outputs, image, activation);
    // NaN reaches no threshold
    return IntStream.range(0, scores.length)
        .filter(i -> scores[i] >= (float) confidence)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> -scores[i]))
        .map(i -> new ClassScore(i, labels.get(i), scores[i]))
        .toList();
  }
}
