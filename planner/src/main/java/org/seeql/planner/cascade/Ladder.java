package org.seeql.planner.cascade;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A ladder in numbers. Thresholds are indices of {@link Thresholds} of the class and the model.
 *
 * @param models from the first rung to the last
 * @param noBelow by rung
 * @param yesFrom by rung; equal to {@code noBelow} in the last rung
 */
@SuppressWarnings("ArrayRecordComponent") // created in inner loops
record Ladder(int[] models, int[] noBelow, int[] yesFrom) {

  static Ladder of(int model, int threshold) {
    return new Ladder(new int[] {model}, new int[] {threshold}, new int[] {threshold});
  }

  int rungs() {
    return models.length;
  }

  boolean uses(int model) {
    return Arrays.stream(models).anyMatch(m -> m == model);
  }

  /** The same ladder with another rung before an index. */
  Ladder with(int index, int model, int low, int high) {
    return new Ladder(
        inserted(models, index, model),
        inserted(noBelow, index, low),
        inserted(yesFrom, index, high));
  }

  private static int[] inserted(int[] array, int index, int value) {
    int[] longer = new int[array.length + 1];
    System.arraycopy(array, 0, longer, 0, index);
    longer[index] = value;
    System.arraycopy(array, index, longer, index + 1, array.length - index);
    return longer;
  }

  /** The same ladder with other thresholds or another model in one rung. */
  Ladder replaced(int rung, int model, int low, int high) {
    int[] otherModels = models.clone();
    int[] lows = noBelow.clone();
    int[] highs = yesFrom.clone();
    otherModels[rung] = model;
    lows[rung] = low;
    highs[rung] = high;
    return new Ladder(otherModels, lows, highs);
  }

  /** The same ladder without one rung, which is not the last. */
  Ladder without(int rung) {
    return new Ladder(removed(models, rung), removed(noBelow, rung), removed(yesFrom, rung));
  }

  private static int[] removed(int[] array, int index) {
    int[] shorter = Arrays.copyOf(array, array.length - 1);
    System.arraycopy(array, index + 1, shorter, index, shorter.length - index);
    return shorter;
  }

  /** The number of its thresholds that can answer, beyond one. */
  int fitted(Thresholds[] ofModels) {
    int fitted = 0;
    for (int rung = 0; rung < models.length - 1; rung++) {
      fitted += noBelow[rung] > 0 ? 1 : 0;
      fitted += yesFrom[rung] < ofModels[models[rung]].never() ? 1 : 0;
    }
    return fitted;
  }

  /** The rungs of a ladder of a class. */
  List<Rung> rungs(CascadeInstance instance, Thresholds[] ofModels) {
    List<Rung> rungs = new ArrayList<>();
    for (int rung = 0; rung < models.length; rung++) {
      double[] values = ofModels[models[rung]].values();
      rungs.add(
          new Rung(instance.modelName(models[rung]), values[noBelow[rung]], values[yesFrom[rung]]));
    }
    return rungs;
  }
}
