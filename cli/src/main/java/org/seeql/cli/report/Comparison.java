package org.seeql.cli.report;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.seeql.cli.report.EvaluationPage.MatchedPicture;
import org.seeql.cli.report.EvaluationPage.Measures;

/**
 * Two evaluations on one data set.
 *
 * @param classes those that either has, the greatest difference first
 * @param images those on which the two differ most, up to a limit; empty if matches are missing
 * @param notes in what the two are not comparable
 */
record Comparison(
    Side a,
    Side b,
    String dataset,
    Pair<Measures> overall,
    List<Pair<Measures>> classes,
    Optional<Differences> images,
    List<String> notes) {
  Comparison {
    requireNonNull(a, "a is null");
    requireNonNull(b, "b is null");
    requireNonNull(dataset, "dataset is null");
    requireNonNull(overall, "overall is null");
    classes = List.copyOf(classes);
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

  /** The measures that are compared: those of detectors, or those of classifiers. */
  List<Measure> measures() {
    return overall.any().accuracy().isPresent()
        ? List.of(
            new Measure("accuracy", "accuracy", Measures::accuracy),
            new Measure("precision", "precision", Measures::precision),
            new Measure("recall", "recall", Measures::recall))
        : List.of(
            new Measure("ap50", "AP@.5", Measures::ap50),
            new Measure("ap", "AP", Measures::ap),
            new Measure("precision", "precision", Measures::precision),
            new Measure("recall", "recall", Measures::recall));
  }

  /** The classes by the difference of their second measure, the greatest first. */
  static List<Pair<Measures>> ordered(List<Pair<Measures>> classes, Measure by) {
    List<Pair<Measures>> ordered = new ArrayList<>(classes);
    ordered.sort(
        Comparator.comparingDouble((Pair<Measures> pair) -> -change(by, pair))
            .thenComparing(pair -> pair.any().name()));
    return ordered;
  }

  private static double change(Measure by, Pair<Measures> pair) {
    return Math.abs(by.values(pair).get(2).orElse(0));
  }
}
