package org.seeql.planner.cascade;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.seeql.planner.model.ScoreSample;
import org.seeql.planner.predicate.DecisionDiagram;
import org.seeql.planner.predicate.PredicateFunction;

/**
 * A problem in numbers. The classes of the predicate's function are the variables. The models that
 * know any of them are numbered in the order of their names. The rows of the sample are split into
 * two halves.
 */
final class CascadeInstance {
  /** Compares names by code point. */
  static final Comparator<String> BY_NAME =
      (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

  private final PredicateFunction function;
  private final List<String> models;
  private final double[] costs;
  private final Half selection;
  private final Half certification;

  CascadeInstance(PredicateFunction function, CascadeProblem problem) {
    this.function = function;
    ScoreSample sample = problem.sample();
    this.models =
        problem.costs().keySet().stream()
            .filter(m -> function.classes().stream().anyMatch(c -> sample.find(m, c).isPresent()))
            .sorted(BY_NAME)
            .toList();
    this.costs = models.stream().mapToDouble(problem.costs()::get).toArray();
    this.selection = Half.of(this, sample, 0);
    this.certification = Half.of(this, sample, 1);
  }

  int variables() {
    return function.classes().size();
  }

  /** Classes times models times rows of the selection half. */
  long size() {
    return (long) variables() * models() * selection.rows();
  }

  String className(int variable) {
    return function.classes().get(variable);
  }

  /** The variables in the order of the names of their classes. */
  int[] sorted() {
    return IntStream.range(0, variables())
        .boxed()
        .sorted(Comparator.comparing(this::className, BY_NAME))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  DecisionDiagram diagram() {
    return function.diagram();
  }

  int function() {
    return function.function();
  }

  int models() {
    return models.size();
  }

  String modelName(int model) {
    return models.get(model);
  }

  double cost(int model) {
    return costs[model];
  }

  /** The half on which plans are chosen. */
  Half selection() {
    return selection;
  }

  /** The half that certifies the chosen plans. */
  Half certification() {
    return certification;
  }

  /** The models that know a class. */
  List<Integer> candidates(int variable) {
    List<Integer> candidates = new ArrayList<>();
    for (int model = 0; model < models(); model++) {
      if (selection.knows(variable, model)) {
        candidates.add(model);
      }
    }
    return candidates;
  }

  /**
   * The rows on which a function of the diagram holds.
   *
   * @param shown the rows that show a class, by variable
   */
  long[] holds(int of, long[][] shown, int rows) {
    return holds(of, shown, RowSet.all(rows), new long[diagram().size()][]);
  }

  private long[] holds(int of, long[][] shown, long[] all, long[][] known) {
    if (of == DecisionDiagram.FALSE) {
      return new long[all.length];
    }
    if (of == DecisionDiagram.TRUE) {
      return all.clone();
    }
    if (known[of] == null) {
      int variable = diagram().variable(of);
      long[] no = holds(diagram().rest(of, variable, false), shown, all, known);
      long[] yes = holds(diagram().rest(of, variable, true), shown, all, known);
      long[] rows = new long[all.length];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = (shown[variable][i] & yes[i]) | (~shown[variable][i] & no[i]);
      }
      known[of] = rows;
    }
    return known[of];
  }
}
