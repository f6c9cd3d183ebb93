package org.seeql.job.train;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.seeql.job.train.StoredTraining.Mistake;
import org.seeql.job.train.TrainingImages.TrainingImage;
import org.seeql.planner.plan.Estimator;
import org.seeql.udf.evaluate.DetectionScores;
import org.seeql.udf.evaluate.EvaluatedClass;
import org.seeql.udf.evaluate.Measurement;
import org.seeql.udf.evaluate.PresenceCounts;
import org.seeql.udf.evaluate.PresenceSampler;
import org.seeql.udf.evaluate.PresenceTally;
import org.seeql.udf.train.LinearHead;

/**
 * The answers of a head about the images that its training held out, compared with their labels.
 * For one training and one thread.
 */
final class Holdout {
  private static final int WORST = 20;

  private final TrainingSettings settings;
  private final PresenceTally tally;
  private final PresenceSampler sampler = new PresenceSampler(PresenceSampler.MAX_IMAGES);
  private final List<Mistake> mistakes = new ArrayList<>();
  private final long[][] confusion;
  private long right;

  private Holdout(TrainingSettings settings) {
    this.settings = requireNonNull(settings, "settings is null");
    int classes = settings.classes().size();
    this.tally = new PresenceTally(classes);
    this.confusion = new long[classes][classes];
  }

  static Holdout of(TrainingSettings settings, LinearHead head, List<TrainingImage> images) {
    Holdout holdout = new Holdout(settings);
    images.forEach(image -> holdout.add(image, head.scores(image.features())));
    return holdout;
  }

  private void add(TrainingImage image, float[] scores) {
    BitSet answered = new BitSet();
    if (settings.options().estimator() == Estimator.CLASSIFIER) {
      int best = 0;
      for (int c = 1; c < scores.length; c++) {
        best = scores[c] > scores[best] ? c : best;
      }
      answered.set(best);
      int label = image.classes().nextSetBit(0);
      confusion[label][best]++;
      if (best != label) {
        mistakes.add(mistake(image, label, name(best), scores[best], scores[label]));
      }
      right += best == label ? 1 : 0;
      // as in an evaluation: the scores of classes that are not in the answer are 0
      float score = scores[best];
      scores = new float[scores.length];
      scores[best] = score;
    } else {
      for (int c = 0; c < scores.length; c++) {
        boolean yes = scores[c] >= (float) settings.options().confidence();
        answered.set(c, yes);
        boolean shown = image.classes().get(c);
        if (yes != shown) {
          double probability = shown ? scores[c] : 1 - scores[c];
          mistakes.add(mistake(image, c, yes ? "yes" : "no", scores[c], probability));
        }
      }
    }
    tally.add(image.classes(), answered);
    sampler.add(image.id(), image.classes(), answered, scores);
  }

  private Mistake mistake(
      TrainingImage image, int label, String answer, double score, double probability) {
    return new Mistake(
        image.id(),
        image.path(),
        name(label),
        answer,
        score,
        -Math.log(Math.max(probability, Double.MIN_NORMAL)));
  }

  private String name(int number) {
    return settings.classes().get(number);
  }

  /** The number of images whose class is right. */
  long right() {
    return right;
  }

  long images() {
    return tally.images();
  }

  /** The mistakes with the highest loss, the worst first. */
  List<Mistake> worst() {
    return mistakes.stream()
        .sorted(Comparator.comparingDouble(Mistake::loss).reversed().thenComparing(Mistake::id))
        .limit(WORST)
        .toList();
  }

  /** For a classifier: the number of images by label, then by answer. */
  List<List<Long>> confusion() {
    List<List<Long>> rows = new ArrayList<>();
    for (long[] row : confusion) {
      rows.add(Arrays.stream(row).boxed().toList());
    }
    return rows;
  }

  List<PresenceCounts> counts() {
    return tally.counts();
  }

  Measurement measurement() {
    List<PresenceCounts> counts = tally.counts();
    boolean classifies = settings.options().estimator() == Estimator.CLASSIFIER;
    return new Measurement(
        tally.images(),
        0,
        IntStream.range(0, counts.size()).mapToObj(c -> of(c, counts.get(c))).toList(),
        classifies ? OptionalDouble.of(right / (double) tally.images()) : OptionalDouble.empty(),
        sampler.images());
  }

  private EvaluatedClass of(int number, PresenceCounts counts) {
    return new EvaluatedClass(
        name(number), Optional.of(name(number)), counts, DetectionScores.ofImages(counts));
  }
}
