package org.seeql.udf.detect;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Makes a model slower or less accurate, to simulate a repository of many models. The random
 * choices depend only on the image row and the seed, not on the batch.
 *
 * @param latency minimum time per image; the pipeline waits if the model is faster
 * @param accuracy the probability that a prediction keeps its class; otherwise it gets a wrong one
 * @param classCoverage the ids of the classes that are kept; empty for all
 */
public record ModelVariation(
    Duration latency, double accuracy, Set<Integer> classCoverage, long seed)
    implements Serializable {
  /** No change. */
  public static final ModelVariation NONE = new ModelVariation(Duration.ZERO, 1, Set.of(), 0);

  public ModelVariation {
    requireNonNull(latency, "latency is null");
    classCoverage = Set.copyOf(classCoverage);
    if (latency.isNegative()) {
      throw new IllegalArgumentException("Invalid latency: " + latency + " (at least 0)");
    }
    if (!(accuracy >= 0 && accuracy <= 1)) {
      throw new IllegalArgumentException("Invalid accuracy: " + accuracy + " (0 to 1)");
    }
  }

  /**
   * The detections of the simulated model. Detections of classes that it does not cover are
   * removed. Some of the rest get a wrong class from the covered ones.
   *
   * @param row of the image in the selection
   * @param labels of the model
   */
  public List<Detection> vary(List<Detection> detections, long row, List<String> labels) {
    if (keepsAnswers()) {
      return detections;
    }
    List<Integer> covered = covered(labels);
    List<Detection> varied = new ArrayList<>();
    for (int i = 0; i < detections.size(); i++) {
      Detection seen = detections.get(i);
      if (covered.contains(seen.classId())) {
        int id = withRandomError(seen.classId(), covered, row, i);
        varied.add(seen.withClass(id, labels.get(id)));
      }
    }
    return List.copyOf(varied);
  }

  /**
   * The same for classifications: the best class may be wrong, and classes that are not covered are
   * removed.
   */
  public List<ClassScore> varyScores(List<ClassScore> scores, long row, List<String> labels) {
    if (keepsAnswers()) {
      return scores;
    }
    List<Integer> covered = covered(labels);
    List<ClassScore> varied =
        new ArrayList<>(scores.stream().filter(s -> covered.contains(s.classId())).toList());
    if (!varied.isEmpty()) {
      ClassScore best = varied.get(0);
      int id = withRandomError(best.classId(), covered, row, 0);
      varied.removeIf(s -> s.classId() == id);
      varied.remove(best);
      varied.add(0, new ClassScore(id, labels.get(id), best.score()));
    }
    return List.copyOf(varied);
  }

  /**
   * The same for independent classes: each may be wrong. If two get the same class, the one with
   * the higher score remains.
   */
  public List<ClassScore> varyTags(List<ClassScore> tags, long row, List<String> labels) {
    if (keepsAnswers()) {
      return tags;
    }
    List<Integer> covered = covered(labels);
    Map<Integer, ClassScore> varied = new LinkedHashMap<>();
    for (int i = 0; i < tags.size(); i++) {
      ClassScore seen = tags.get(i);
      if (covered.contains(seen.classId())) {
        int id = withRandomError(seen.classId(), covered, row, i);
        varied.putIfAbsent(id, new ClassScore(id, labels.get(id), seen.score()));
      }
    }
    return List.copyOf(varied.values());
  }

  private boolean keepsAnswers() {
    return accuracy == 1 && classCoverage.isEmpty();
  }

  /** The ids of the classes that are kept, in ascending order. */
  public List<Integer> covered(List<String> labels) {
    return IntStream.range(0, labels.size())
        .filter(id -> classCoverage.isEmpty() || classCoverage.contains(id))
        .boxed()
        .toList();
  }

  private int withRandomError(int classId, List<Integer> covered, long row, int detection) {
    SplittableRandom chance =
        new SplittableRandom(seed ^ (row * 0x9E3779B97F4A7C15L) ^ ((long) detection << 48));
    if (covered.size() < 2 || chance.nextDouble() < accuracy) {
      return classId;
    }
    int other = covered.get(chance.nextInt(covered.size() - 1));
    return other == classId ? covered.get(covered.size() - 1) : other;
  }
}
