package org.seeql.udf.batch;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;

/** A decision tree in which every step asks one model whether its stripe is white. */
record FakeTree(Optional<Step> root) {

  /** A step; an answer without a next step ends the route. */
  record Step(int model, Optional<Step> white, Optional<Step> black) {}

  /** Asks the models from 0 on, as long as the answer is white. */
  static FakeTree chain(int length) {
    Optional<Step> next = Optional.empty();
    for (int model = length - 1; model >= 0; model--) {
      next = Optional.of(new Step(model, next, Optional.empty()));
    }
    return new FakeTree(next);
  }

  /** Asks one model. */
  static FakeTree only(int model) {
    return new FakeTree(Optional.of(new Step(model, Optional.empty(), Optional.empty())));
  }

  /** A random tree in which no path asks a model twice. */
  static FakeTree random(Random random, int models) {
    return new FakeTree(randomStep(random, (1 << models) - 1, models));
  }

  private static Optional<Step> randomStep(Random random, int left, int models) {
    if (left == 0 || random.nextInt(6) == 0) {
      return Optional.empty();
    }
    int model = random.nextInt(models);
    while ((left >> model & 1) == 0) {
      model = random.nextInt(models);
    }
    int rest = left & ~(1 << model);
    return Optional.of(
        new Step(model, randomStep(random, rest, models), randomStep(random, rest, models)));
  }

  /** The models that have to see an image, each with its answer. */
  Map<Integer, Boolean> visits(StripedImage image) {
    Map<Integer, Boolean> visits = new TreeMap<>();
    Optional<Step> step = root;
    while (step.isPresent()) {
      boolean white = image.isWhite(step.get().model());
      visits.put(step.get().model(), white);
      step = white ? step.get().white() : step.get().black();
    }
    return visits;
  }

  Walk walk() {
    return new Walk(root);
  }

  /** One image's route through the tree. */
  static final class Walk implements Route {
    private final Map<Integer, Boolean> visits = new TreeMap<>();
    private Optional<Step> step;

    private Walk(Optional<Step> root) {
      step = root;
    }

    Map<Integer, Boolean> visits() {
      return visits;
    }

    @Override
    public OptionalInt next() {
      return step.map(s -> OptionalInt.of(s.model())).orElse(OptionalInt.empty());
    }

    @Override
    public void answer(int model, Prediction prediction) {
      boolean white =
          ((Prediction.Classification) prediction)
              .scores().stream()
                  .anyMatch(score -> score.label().equals("red") && score.score() > 0.5);
      if (visits.put(model, white) != null) {
        throw new IllegalStateException("Model " + model + " was asked twice");
      }
      step = white ? step.orElseThrow().white() : step.orElseThrow().black();
    }
  }
}
