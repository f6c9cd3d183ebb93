package org.seeql.udf.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seeql.udf.train.HeadFit.Examples;
import org.seeql.udf.train.HeadFit.Fitted;

/** Expected values: the same steps in Python, with L-BFGS-B and minimize_scalar of SciPy. */
class HeadFitTest {
  private static final int FEATURES = 4;
  private static final int CLASSES = 3;

  private static int label(int j) {
    return j % 5 == 0 ? 0 : (j * j + j / 3) % CLASSES;
  }

  private static float[] features(int j) {
    float[] row = new float[FEATURES];
    for (int d = 0; d < FEATURES; d++) {
      double shift = d % CLASSES == label(j) ? 1.1 : 0;
      row[d] = (float) (Math.sin(j * (d + 1) * 0.7 + d) + shift * Math.cos(j * 0.3) + d * 2);
    }
    return row;
  }

  private static BitSet one(int j) {
    BitSet classes = new BitSet();
    classes.set(label(j));
    return classes;
  }

  private static BitSet several(int j) {
    BitSet classes = j % 7 == 0 ? new BitSet() : one(j);
    if (j % 4 == 0 && j % 7 != 0) {
      classes.set((label(j) + 1) % CLASSES);
    }
    return classes;
  }

  private interface Labels {
    BitSet of(int j);
  }

  private static Examples examples(int count, int first, Labels labels) {
    float[][] rows = new float[count][];
    List<BitSet> classes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows[i] = features(first + i);
      classes.add(labels.of(first + i));
    }
    return new Examples(rows, classes);
  }

  private static Fitted fit(LinearHead.Kind kind, Labels labels) {
    return HeadFit.fit(kind, CLASSES, examples(60, 0, labels), examples(30, 100, labels));
  }

  @Test
  void fitsAMultinomialRegression() {
    Fitted fitted = fit(LinearHead.Kind.SOFTMAX, HeadFitTest::one);

    assertThat(fitted.lambda()).isEqualTo(0.003);
    assertThat(fitted.temperature()).isCloseTo(1.338294, within(1e-3));
    assertThat(fitted.steps()).hasSize(10);
    assertThat(fitted.steps().get(6).validationLoss()).isCloseTo(0.70427, within(1e-4));
    requireSame(
        fitted.head(),
        new double[][] {
          {-0.59744, -0.67095, 0.41311, 0.13498, 0.13688},
          {2.83491, -0.80856, -0.42998, -1.50091, 11.45415},
          {-2.23747, 1.47952, 0.01687, 1.36594, -11.62037}
        });
  }

  @Test
  void fitsOneRegressionForEachClassOfATagger() {
    Fitted fitted = fit(LinearHead.Kind.SIGMOID, HeadFitTest::several);

    assertThat(fitted.lambda()).isEqualTo(0.01);
    assertThat(fitted.temperature()).isCloseTo(1.110004, within(1e-3));
    assertThat(fitted.steps()).hasSize(9);
    requireSame(
        fitted.head(),
        new double[][] {
          {-0.66897, -0.05691, 0.04058, -0.06806, 0.13898},
          {1.30437, -0.51252, -0.30271, -0.55996, 4.93126},
          {-0.55597, 0.46033, 0.23074, 0.42913, -5.48209}
        });
  }

  /** The last value of a row is the bias. */
  private static void requireSame(LinearHead head, double[][] expected) {
    for (int c = 0; c < CLASSES; c++) {
      for (int d = 0; d < FEATURES; d++) {
        assertThat((double) head.weights()[c][d])
            .as("class %d, feature %d", c, d)
            .isCloseTo(expected[c][d], within(5e-3));
      }
      assertThat((double) head.bias()[c]).isCloseTo(expected[c][FEATURES], within(2e-2));
    }
  }

  @Test
  void treatsConstantFeaturesAsUseless() {
    Examples training = examples(40, 0, HeadFitTest::one);
    for (float[] row : training.features()) {
      row[1] = 7;
    }

    LinearHead head =
        HeadFit.fit(LinearHead.Kind.SOFTMAX, CLASSES, training, examples(0, 0, HeadFitTest::one))
            .head();

    for (int c = 0; c < CLASSES; c++) {
      assertThat(head.weights()[c]).doesNotContain(Float.NaN);
      assertThat((double) head.weights()[c][1]).isCloseTo(0, within(1e-6));
    }
  }
}
