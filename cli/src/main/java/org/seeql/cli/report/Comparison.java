package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.seeql.cli.report.EvaluationPage.MatchedPicture;
import org.seeql.cli.report.EvaluationPage.Measures;
import org.seeql.planner.plan.VisionTask;

/**
 * Two evaluations on one data set.
 *
 * @param task of both models
 * @param classes those that either has, the greatest difference of {@link #order} first
 * @param images those on which the two differ most, up to a limit; empty if matches are missing
 * @param notes in what the two are not comparable
 */
record Comparison(
    Side a,
    Side b,
    String dataset,
    VisionTask task,
    Pair<Measures> overall,
    List<Pair<Measures>> classes,
    Optional<Differences> images,
    List<String> notes) {
  Comparison {
    requireNonNull(a, "a is null");
    requireNonNull(b, "b is null");
    requireNonNull(dataset, "dataset is null");
    requireNonNull(task, "task is null");
    requireNonNull(overall, "overall is null");
    classes = ordered(classes, order(task));
    requireNonNull(images, "images is null");
    notes = List.copyOf(notes);
  }

  /**
   * One of the two evaluations.
   *
   * @param model with its version
   */
  record Side(String runId, String model) {}

  /** What the two have for one subject; at least one is present. */
  record Pair<T>(Optional<T> a, Optional<T> b) {
    Pair {
      requireNonNull(a, "a is null");
      requireNonNull(b, "b is null");
    }

    T any() {
      return a.or(() -> b).orElseThrow();
    }
  }

  /**
   * The images on which the two differ.
   *
   * @param count of all such images
   */
  record Differences(List<Difference> images, long count) {
    Differences {
      images = List.copyOf(images);
    }
  }

  /**
   * An image on which the two differ.
   *
   * @param onlyA the number of objects that only the first detects
   * @param onlyB the number of objects that only the second detects
   * @param falseA the number of false positives of the first
   * @param falseB the number of false positives of the second
   */
  record Difference(
      String imageId, String fileName, long onlyA, long onlyB, long falseA, long falseB) {}

  /** An image as the two evaluations see it. */
  record PicturePair(Difference difference, MatchedPicture a, MatchedPicture b) {}

  /** A measure that is compared. */
  record Measure(String name, String title, Function<Measures, OptionalDouble> of) {
    /** The value of the first, the value of the second and their difference. */
    List<OptionalDouble> values(Pair<Measures> pair) {
      OptionalDouble first = pair.a().map(of).orElse(OptionalDouble.empty());
      OptionalDouble second = pair.b().map(of).orElse(OptionalDouble.empty());
      return List.of(first, second, delta(first, second));
    }

    private static OptionalDouble delta(OptionalDouble first, OptionalDouble second) {
      return first.isPresent() && second.isPresent()
          ? OptionalDouble.of(second.getAsDouble() - first.getAsDouble())
          : OptionalDouble.empty();
    }
  }

  /** Why images are not compared; empty if they are. */
  Optional<String> missing() {
    if (images.isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        "One of the evaluations kept no matches, so images are not compared. Run both statements"
            + " with keep_matches = true.");
  }

  private static final Measure ACCURACY = new Measure("accuracy", "accuracy", Measures::accuracy);
  private static final Measure AP50 = new Measure("ap50", "AP@.5", Measures::ap50);
  private static final Measure AP = new Measure("ap", "AP", Measures::ap);
  private static final Measure PRECISION =
      new Measure("precision", "precision", Measures::precision);
  private static final Measure RECALL = new Measure("recall", "recall", Measures::recall);
  private static final Measure F1 = new Measure("f1", "F1", Measures::f1);

  /** The measures that are compared: those of the task. */
  List<Measure> measures() {
    return switch (task) {
      case DETECT -> List.of(AP50, AP, PRECISION, RECALL);
      case CLASSIFY -> List.of(ACCURACY, PRECISION, RECALL);
      case TAG -> List.of(F1, PRECISION, RECALL);
      case EMBED -> throw EvaluationView.vectors();
    };
  }

  /** The measure by whose difference the classes are ordered. */
  Measure order() {
    return order(task);
  }

  /** A class of a classifier has no accuracy of its own; its recall is the nearest to it. */
  private static Measure order(VisionTask task) {
    return switch (task) {
      case DETECT -> AP;
      case CLASSIFY -> RECALL;
      case TAG -> F1;
      case EMBED -> throw EvaluationView.vectors();
    };
  }

  private static List<Pair<Measures>> ordered(List<Pair<Measures>> classes, Measure by) {
    return classes.stream()
        .sorted(
            Comparator.comparingDouble((Pair<Measures> pair) -> -change(by, pair))
                .thenComparing(pair -> pair.any().name()))
        .toList();
  }

  private static double change(Measure by, Pair<Measures> pair) {
    return Math.abs(by.values(pair).get(2).orElse(0));
  }
}
