package org.seeql.planner.optimizer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.seeql.planner.model.ModelProfile;
import org.seeql.planner.predicate.DecisionDiagram;
import org.seeql.planner.predicate.PredicateFunction;

/**
 * A problem in numbers. The relevant classes are the variables of the predicate's function. The
 * models that answer any of them are numbered in the order of their names. An assignment is an
 * array with one model per variable.
 */
final class Instance {
  /** Compares names by code point. */
  static final Comparator<String> BY_NAME =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  private final PredicateFunction function;
  private final List<ModelProfile> models;
  private final double[] costs;
  private final int[][] candidates;
  private final int[] sorted;

  Instance(PredicateFunction function, List<ModelProfile> all) {
    this.function = function;
    this.models =
        all.stream()
            .filter(m -> answersAny(m, function))
            .sorted(Comparator.comparing(ModelProfile::name, BY_NAME))
            .toList();
    this.costs = models.stream().mapToDouble(ModelProfile::costMillis).toArray();
    this.candidates =
        function.classes().stream()
            .map(
                name ->
                    IntStream.range(0, models.size())
                        .filter(m -> models.get(m).classes().containsKey(name))
                        .toArray())
            .toArray(int[][]::new);
    this.sorted =
        IntStream.range(0, function.classes().size())
            .boxed()
            .sorted(Comparator.comparing(function.classes()::get, BY_NAME))
            .mapToInt(Integer::intValue)
            .toArray();
  }

  private Instance(Instance all, int[][] candidates) {
    this.function = all.function;
    this.models = all.models;
    this.costs = all.costs;
    this.candidates = candidates;
    this.sorted = all.sorted;
  }

  /** The same instance with fewer models to choose from. */
  Instance with(int[][] fewer) {
    return new Instance(this, fewer);
  }

  private static boolean answersAny(ModelProfile model, PredicateFunction function) {
    return function.classes().stream().anyMatch(name -> model.classes().containsKey(name));
  }

  /** The number of relevant classes. */
  int variables() {
    return candidates.length;
  }

  String className(int variable) {
    return function.classes().get(variable);
  }

  /** The variables in the order of the names of their classes. */
  int[] sorted() {
    return sorted;
  }

  DecisionDiagram diagram() {
    return function.diagram();
  }

  int function() {
    return function.function();
  }

  List<ModelProfile> models() {
    return models;
  }

  double cost(int model) {
    return costs[model];
  }

  /** The models that answer a class, in the order of their names. */
  int[] candidates(int variable) {
    return candidates[variable];
  }

  /** The number of assignments; infinite if it exceeds the range of a double. */
  double assignments() {
    return Arrays.stream(candidates).mapToDouble(c -> c.length).reduce(1, (a, b) -> a * b);
  }

  /** The models of an assignment in the order of their names, each with its classes. */
  Groups groups(int[] assignment) {
    return Groups.of(this, assignment);
  }

  /** Compares the models of two assignments, class by class in the order of the class names. */
  int compareNames(int[] a, int[] b) {
    for (int variable : sorted) {
      if (a[variable] != b[variable]) {
        return Integer.compare(a[variable], b[variable]);
      }
    }
    return 0;
  }
}
