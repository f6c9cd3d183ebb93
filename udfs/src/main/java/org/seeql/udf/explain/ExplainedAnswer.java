package org.seeql.udf.explain;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.seeql.udf.batch.Prediction;
import org.seeql.udf.detect.ClassScore;
import org.seeql.udf.detect.Detection;
import org.seeql.udf.detect.Proposal;

/** An answer of a model about an image, which is explained. */
public interface ExplainedAnswer {
  int classId();

  String label();

  /** Without a mask, 0 to 1. */
  float score();

  /** How well a prediction for the masked image repeats the answer, 0 to 1. */
  double weight(Prediction masked);

  /** The weight without a mask. */
  double wholeWeight();

  /** The detection; empty if the answer is about the whole image. */
  Optional<Detection> box();

  /** The share of a map inside the box; empty if the answer has no box. */
  default OptionalDouble energyInBox(SaliencyMap map, int width, int height) {
    return box()
        .map(
            box ->
                OptionalDouble.of(
                    map.energyIn(
                        box.xMin() / width,
                        box.yMin() / height,
                        box.xMax() / width,
                        box.yMax() / height)))
        .orElse(OptionalDouble.empty());
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

  /**
   * A detection with all class probabilities. Its weight is that of D-RISE: the best overlap with a
   * proposal, times the cosine of both vectors of class probabilities, times the objectness of the
   * proposal.
   */
  record Proposed(Proposal proposal) implements ExplainedAnswer {
    public Proposed {
      requireNonNull(proposal, "proposal is null");
    }

    @Override
    public int classId() {
      return proposal.detection().classId();
    }

    @Override
    public String label() {
      return proposal.detection().label();
    }

    @Override
    public float score() {
      return proposal.detection().score();
    }

    @Override
    public double wholeWeight() {
      return proposal.objectness();
    }

    @Override
    public double weight(Prediction masked) {
      double best = 0;
      for (Proposal other : ((Prediction.Proposals) masked).proposals()) {
        double overlap = overlap(proposal.detection(), other.detection());
        if (overlap > 0) {
          best =
              Math.max(
                  best, overlap * cosine(proposal.classes(), other.classes()) * other.objectness());
        }
      }
      return best;
    }

    private static double cosine(List<Float> a, List<Float> b) {
      double product = 0;
      double squareA = 0;
      double squareB = 0;
      for (int i = 0; i < a.size(); i++) {
        product += (double) a.get(i) * b.get(i);
        squareA += (double) a.get(i) * a.get(i);
        squareB += (double) b.get(i) * b.get(i);
      }
      double lengths = Math.sqrt(squareA * squareB);
      return lengths > 0 ? product / lengths : 0;
    }

    @Override
    public Optional<Detection> box() {
      return Optional.of(proposal.detection());
    }
  }

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

    @Override
    public double wholeWeight() {
      return detection.score();
    }

    @Override
    public Optional<Detection> box() {
      return Optional.of(detection);
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
    public double wholeWeight() {
      return score;
    }

    @Override
    public Optional<Detection> box() {
      return Optional.empty();
    }
  }
}
