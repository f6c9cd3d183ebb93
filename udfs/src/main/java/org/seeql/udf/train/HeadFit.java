package org.seeql.udf.train;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.seeql.udf.train.LogisticObjective.ClassWeights;

/**
 * Fits a {@link LinearHead}: a logistic regression on standardised features with L2 regularisation.
 * The regularisation is the one of a decreasing sequence with the lowest loss on the validation
 * examples. The sequence ends early if that loss does not decrease any more. The head is then
 * fitted on all examples, the weights of the classes are removed from its bias, and its logits are
 * divided by a temperature ("On Calibration of Modern Neural Networks", Guo and others, 2017),
 * which is determined on the validation examples. The same examples in the same order give the same
 * head.
 */
public final class HeadFit {
  /** The regularisations, from strong to weak: three for each power of ten squared. */
  private static final List<Double> LAMBDAS =
      List.of(3.0, 1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001, 0.00003, 0.00001);

  /** The sequence ends after so many values that do not improve the validation loss. */
  private static final int PATIENCE = 3;

  private static final double LEAST_IMPROVEMENT = 1e-4;
  private static final double MAX_CLASS_WEIGHT = 10;
  private static final double MAX_LOG_TEMPERATURE = 3;
  private static final double LOG_TEMPERATURE_ACCURACY = 1e-9;

  private final LinearHead.Kind kind;
  private final int classes;

  private HeadFit(LinearHead.Kind kind, int classes) {
    this.kind = requireNonNull(kind, "kind is null");
    this.classes = classes;
  }

  /**
   * Examples with their labels.
   *
   * @param features by example
   * @param labels by example: the numbers of its classes, for softmax exactly one
   */
  @SuppressWarnings("ArrayRecordComponent") // as large as memory allows
  public record Examples(float[][] features, List<BitSet> labels) {
    public Examples {
      labels = List.copyOf(labels);
      if (features.length != labels.size()) {
        throw new IllegalArgumentException("features and labels differ in their number");
      }
    }

    public int count() {
      return features.length;
    }

    private Examples plus(Examples other) {
      float[][] all = Arrays.copyOf(features, count() + other.count());
      System.arraycopy(other.features, 0, all, count(), other.count());
      List<BitSet> shown = new ArrayList<>(labels);
      shown.addAll(other.labels);
      return new Examples(all, shown);
    }
  }

  /** One regularisation of the sequence. Losses are per example. */
  public record Step(
      double lambda, double trainingLoss, double validationLoss, double validationAccuracy) {}

  /**
   * A fitted head.
   *
   * @param steps of the sequence, in order
   * @param lambda the chosen regularisation
   */
  public record Fitted(LinearHead head, List<Step> steps, double lambda, double temperature) {
    public Fitted {
      steps = List.copyOf(steps);
    }
  }

  /** Fits a head for classes that are numbered from 0. */
  public static Fitted fit(
      LinearHead.Kind kind, int classes, Examples training, Examples validation) {
    return new HeadFit(kind, classes).fit(training, validation);
  }

  private Fitted fit(Examples training, Examples validation) {
    Scaling scaling = Scaling.of(training.features());
    Examples fitted = scaling.apply(training);
    Examples checked = scaling.apply(validation);
    double[] parameters = new double[classes * (training.features()[0].length + 1)];
    List<Step> steps = new ArrayList<>();
    double[] best = parameters;
    double bestLoss = Double.POSITIVE_INFINITY;
    double bestLambda = LAMBDAS.get(0);
    int since = 0;
    for (double lambda : LAMBDAS) {
      parameters = minimum(fitted, lambda, parameters);
      double[] unweighted = unweighted(parameters, fitted.labels());
      double loss = loss(unweighted, checked, 1);
      steps.add(new Step(lambda, loss(unweighted, fitted, 1), loss, accuracy(unweighted, checked)));
      if (loss < bestLoss * (1 - LEAST_IMPROVEMENT)) {
        best = parameters;
        bestLoss = loss;
        bestLambda = lambda;
        since = 0;
      } else if (++since == PATIENCE) {
        break;
      }
    }
    double temperature = temperature(unweighted(best, fitted.labels()), checked);
    Examples all = training.plus(validation);
    Scaling ofAll = Scaling.of(all.features());
    double[] last = unweighted(minimum(ofAll.apply(all), bestLambda, best), all.labels());
    return new Fitted(head(last, ofAll, temperature), steps, bestLambda, temperature);
  }

  /**
   * Parameters for the frequencies of the classes in the examples. A class of a higher weight has
   * the probabilities of a class that is so much more frequent: its odds are divided by the weight.
   */
  private double[] unweighted(double[] parameters, List<BitSet> labels) {
    ClassWeights weights = weights(labels);
    double[] corrected = parameters.clone();
    int size = parameters.length / classes;
    for (int c = 0; c < classes; c++) {
      corrected[c * size + size - 1] -= StrictMath.log(weights.shown()[c] / weights.absent()[c]);
    }
    return corrected;
  }

  /** The parameters with the lowest loss. */
  private double[] minimum(Examples examples, double lambda, double[] start) {
    ClassWeights weights = weights(examples.labels());
    if (kind == LinearHead.Kind.SOFTMAX) {
      return Lbfgs.minimum(
          new LogisticObjective(kind, examples.features(), examples.labels(), weights, lambda),
          start);
    }
    // the classes are independent of each other
    int size = start.length / classes;
    double[] all = new double[start.length];
    for (int c = 0; c < classes; c++) {
      int number = c;
      List<BitSet> own =
          examples.labels().stream().map(shown -> shown.get(number, number + 1)).toList();
      ClassWeights ofClass =
          new ClassWeights(new double[] {weights.shown()[c]}, new double[] {weights.absent()[c]});
      double[] found =
          Lbfgs.minimum(
              new LogisticObjective(kind, examples.features(), own, ofClass, lambda),
              Arrays.copyOfRange(start, c * size, (c + 1) * size));
      System.arraycopy(found, 0, all, c * size, size);
    }
    return all;
  }

  /**
   * Rare classes count more: by the square root of the factor that would make all classes equal,
   * and at most by ten.
   */
  private ClassWeights weights(List<BitSet> labels) {
    double[] shown = new double[classes];
    double[] absent = new double[classes];
    Arrays.fill(absent, 1);
    int[] counts = new int[classes];
    labels.forEach(of -> of.stream().forEach(c -> counts[c]++));
    for (int c = 0; c < classes; c++) {
      double others =
          kind == LinearHead.Kind.SOFTMAX
              ? labels.size() / (double) classes
              : (double) labels.size() - counts[c];
      double factor = counts[c] == 0 ? 1 : Math.sqrt(others / counts[c]);
      shown[c] = Math.max(1 / MAX_CLASS_WEIGHT, Math.min(MAX_CLASS_WEIGHT, factor));
    }
    return new ClassWeights(shown, absent);
  }

  /** The mean negative log-likelihood of examples, without weights. */
  private double loss(double[] parameters, Examples examples, double temperature) {
    double loss = 0;
    for (int i = 0; i < examples.count(); i++) {
      double[] logits = LogisticObjective.logits(parameters, examples.features()[i], classes);
      for (int c = 0; c < classes; c++) {
        logits[c] /= temperature;
      }
      loss += LogisticObjective.loss(kind, logits, examples.labels().get(i));
    }
    return loss / Math.max(1, examples.count());
  }

  /** The share of right answers: of examples, or of pairs of examples and classes. */
  private double accuracy(double[] parameters, Examples examples) {
    long right = 0;
    for (int i = 0; i < examples.count(); i++) {
      double[] logits = LogisticObjective.logits(parameters, examples.features()[i], classes);
      BitSet shown = examples.labels().get(i);
      if (kind == LinearHead.Kind.SOFTMAX) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
          best = logits[c] > logits[best] ? c : best;
        }
        right += shown.get(best) ? 1 : 0;
      } else {
        for (int c = 0; c < classes; c++) {
          right += (logits[c] > 0) == shown.get(c) ? 1 : 0;
        }
      }
    }
    long all = (long) examples.count() * (kind == LinearHead.Kind.SOFTMAX ? 1 : classes);
    return all == 0 ? Double.NaN : right / (double) all;
  }

  /**
   * The temperature with the highest probability. Without evidence it is 1: its logarithm has a
   * standard normal distribution before the validation examples are known. Otherwise it would be 0
   * for examples that are all right.
   */
  private double temperature(double[] parameters, Examples validation) {
    if (validation.count() == 0) {
      return 1;
    }
    double low = -MAX_LOG_TEMPERATURE;
    double high = MAX_LOG_TEMPERATURE;
    while (high - low > LOG_TEMPERATURE_ACCURACY) {
      double third = (high - low) / 3;
      if (surprise(parameters, validation, low + third)
          < surprise(parameters, validation, high - third)) {
        high -= third;
      } else {
        low += third;
      }
    }
    return StrictMath.exp((low + high) / 2);
  }

  /** The negative logarithm of the probability of a temperature and the validation labels. */
  private double surprise(double[] parameters, Examples validation, double logarithm) {
    return loss(parameters, validation, StrictMath.exp(logarithm)) * validation.count()
        + logarithm * logarithm / 2;
  }

  /** The head for features as they are: with the scaling and the temperature in its weights. */
  private LinearHead head(double[] parameters, Scaling scaling, double temperature) {
    int size = parameters.length / classes;
    float[][] weights = new float[classes][size - 1];
    float[] bias = new float[classes];
    for (int c = 0; c < classes; c++) {
      double shift = parameters[c * size + size - 1];
      for (int d = 0; d < size - 1; d++) {
        double weight = parameters[c * size + d] / scaling.deviation()[d];
        weights[c][d] = (float) (weight / temperature);
        shift -= weight * scaling.mean()[d];
      }
      bias[c] = (float) (shift / temperature);
    }
    return new LinearHead(kind, weights, bias);
  }

  /** The mean and the standard deviation of each feature. */
  @SuppressWarnings("ArrayRecordComponent") // not changed
  private record Scaling(double[] mean, double[] deviation) {
    /** A feature that varies less is treated as constant. */
    private static final double LEAST_DEVIATION = 1e-6;

    static Scaling of(float[][] features) {
      int size = features[0].length;
      double[] mean = new double[size];
      double[] deviation = new double[size];
      for (float[] row : features) {
        for (int d = 0; d < size; d++) {
          mean[d] += row[d] / (double) features.length;
        }
      }
      for (float[] row : features) {
        for (int d = 0; d < size; d++) {
          double off = row[d] - mean[d];
          deviation[d] += off * off / features.length;
        }
      }
      for (int d = 0; d < size; d++) {
        double root = Math.sqrt(deviation[d]);
        deviation[d] = root > LEAST_DEVIATION * (1 + Math.abs(mean[d])) ? root : 1;
      }
      return new Scaling(mean, deviation);
    }

    Examples apply(Examples examples) {
      float[][] scaled = new float[examples.count()][];
      for (int i = 0; i < scaled.length; i++) {
        float[] row = examples.features()[i];
        scaled[i] = new float[row.length];
        for (int d = 0; d < row.length; d++) {
          scaled[i][d] = (float) ((row[d] - mean[d]) / deviation[d]);
        }
      }
      return new Examples(scaled, examples.labels());
    }
  }
}
