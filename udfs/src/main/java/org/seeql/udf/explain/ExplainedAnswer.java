package org.seeql.udf.explain;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalDouble;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.detect.ClassScore;
import org.seeql.udf.detect.Detection;

/** An answer of a model about an image, which is explained. */
public interface ExplainedAnswer {
  int classId();

  String label();

  /** Without a mask, 0 to 1. */
  float score();

  /** How well a prediction for the masked image repeats the answer, 0 to 1. */
  double weight(Prediction masked);

  /** The share of a map inside the box; empty if the answer has no box. */
  OptionalDouble energyInBox(SaliencyMap map, int width, int height);

  /**
   * A detection. Its weight is the best overlap with a detection of the same class, times the score
   * of that detection. This is the weight of D-RISE without the comparison of class vectors, of
   * which only the class of the detection is used.
   */
  record Box(Detection detection) implements ExplainedAnswer {
    public Box {
      requireNonNull(detection, "detection is null");
    }

    @Override
    public int classId() {
      return detection.classId();
    }

    @Override
    public String label() {
      return detection.label();
    }

    @Override
    public float score() {
      return detection.score();
    }

    @Override
    public double weight(Prediction masked) {
      double best = 0;
      for (Detection other : ((Prediction.Detections) masked).detections()) {
        if (other.classId() == detection.classId()) {
          best = Math.max(best, overlap(detection, other) * other.score());
        }
      }
      return best;
    }

    /** Intersection over union, 0 to 1. */
    private static double overlap(Detection a, Detection b) {
      double width = Math.min(a.xMax(), b.xMax()) - Math.max(a.xMin(), b.xMin());
      double height = Math.min(a.yMax(), b.yMax()) - Math.max(a.yMin(), b.yMin());
      if (width <= 0 || height <= 0) {
        return 0;
      }
      double common = width * height;
      return common / (area(a) + area(b) - common);
    }

    private static double area(Detection box) {
      return (double) (box.xMax() - box.xMin()) * (box.yMax() - box.yMin());
    }

    @Override
    public OptionalDouble energyInBox(SaliencyMap map, int width, int height) {
      return OptionalDouble.of(
          map.energyIn(
              detection.xMin() / width,
              detection.yMin() / height,
              detection.xMax() / width,
              detection.yMax() / height));
    }
  }

  /** A class of the whole image. Its weight is the score of the class. */
  record WholeImage(int classId, String label, float score) implements ExplainedAnswer {
    public WholeImage {
      requireNonNull(label, "label is null");
    }

    @Override
    public double weight(Prediction masked) {
      List<ClassScore> scores =
          masked instanceof Prediction.Tags tags
              ? tags.scores()
              : ((Prediction.Classification) masked).scores();
      return scores.stream()
          .filter(score -> score.classId() == classId)
          .mapToDouble(ClassScore::score)
          .findFirst()
          .orElse(0);
    }

    @Override
    public OptionalDouble energyInBox(SaliencyMap map, int width, int height) {
      return OptionalDouble.empty();
    }
  }
}
