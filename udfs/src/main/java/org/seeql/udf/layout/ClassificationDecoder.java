package org.seeql.udf.layout;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.seeql.udf.detect.ClassScore;

/** Decodes the classes of one image from a classifier's output {@code [B, C]}. Thread-safe. */
public final class ClassificationDecoder {
  private final ClassificationLayout layout;
  private final List<String> labels;
  private final Activation activation;

  ClassificationDecoder(ClassificationLayout layout, List<String> labels, Activation activation) {
    this.layout = layout;
    this.labels = List.copyOf(labels);
    this.activation = activation;
  }

  /**
   * The most probable classes of an image, the best first.
   *
   * @param image its index in the batch, from 0
   * @param max the maximum number of classes
   */
  public List<ClassScore> decode(ModelOutputs outputs, int image, int max) {
    float[] scores = layout.scores(outputs, image, activation);
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> -scores[i]))
        .limit(max)
        .map(i -> new ClassScore(i, labels.get(i), scores[i]))
        .toList();
  }
}
