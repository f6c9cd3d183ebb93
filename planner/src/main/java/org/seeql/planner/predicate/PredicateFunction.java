package org.seeql.planner.predicate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntBinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The Boolean function that a predicate denotes. It contains only the classes on which its value
 * depends; classes without effect are removed.
 *
 * @param classes the variables of the diagram, in the order of their first appearance in the text
 * @param function its number in the diagram; it depends on all of the variables
 */
public record PredicateFunction(List<String> classes, DecisionDiagram diagram, int function) {
  /**
   * A predicate with more distinct classes is refused, because later steps may double with each
   * class.
   */
  public static final int MAX_CLASSES = 20;

  public PredicateFunction {
    classes = List.copyOf(classes);
  }

  /** The function of a predicate of at most {@link #MAX_CLASSES} distinct classes. */
  public static PredicateFunction of(Predicate predicate) {
    List<String> names = classNames(predicate);
    if (names.size() > MAX_CLASSES) {
      throw new IllegalArgumentException(names.size() + " classes");
    }
    DecisionDiagram all = new DecisionDiagram(names.size());
    int function = predicate.accept(new Compiler(all, names));
    int[] essential =
        IntStream.range(0, names.size())
            .filter(i -> (all.support(function) & (1 << i)) != 0)
            .toArray();
    // build it again without the variables that have no effect; these are set to false
    List<String> classes = Arrays.stream(essential).mapToObj(names::get).toList();
    DecisionDiagram diagram = new DecisionDiagram(classes.size());
    int compiled = predicate.accept(new Compiler(diagram, classes));
    return new PredicateFunction(classes, diagram, compiled);
  }

  /**
   * The value of the function.
   *
   * @param isShown whether an image shows a class
   */
  public boolean holds(java.util.function.Predicate<String> isShown) {
    int rest = function;
    while (!diagram.isConstant(rest)) {
      int variable = diagram.variable(rest);
      rest = diagram.rest(rest, variable, isShown.test(classes.get(variable)));
    }
    return rest == DecisionDiagram.TRUE;
  }

  /** The distinct classes of a predicate in the order of their first appearance. */
  public static List<String> classNames(Predicate predicate) {
    Set<String> names = new LinkedHashSet<>();
    predicate.accept(new Names(names));
    return new ArrayList<>(names);
  }

  private static final class Compiler implements Predicate.Visitor<Integer> {
    private final DecisionDiagram diagram;
    private final Map<String, Integer> variables;

    Compiler(DecisionDiagram diagram, List<String> names) {
      this.diagram = diagram;
      this.variables =
          IntStream.range(0, names.size()).boxed().collect(Collectors.toMap(names::get, i -> i));
    }

    @Override
    public Integer visitPresence(Predicate.Presence presence) {
      Integer variable = variables.get(presence.className());
      return variable == null ? DecisionDiagram.FALSE : diagram.of(variable);
    }

    @Override
    public Integer visitAnd(Predicate.And and) {
      return joined(and.parts(), DecisionDiagram.TRUE, diagram::and);
    }

    @Override
    public Integer visitOr(Predicate.Or or) {
      return joined(or.parts(), DecisionDiagram.FALSE, diagram::or);
    }

    @Override
    public Integer visitNot(Predicate.Not not) {
      return diagram.not(not.part().accept(this));
    }

    private int joined(List<Predicate> parts, int neutral, IntBinaryOperator join) {
      int function = neutral;
      for (Predicate part : parts) {
        function = join.applyAsInt(function, part.accept(this));
      }
      return function;
    }
  }

  private record Names(Set<String> names) implements Predicate.Visitor<Boolean> {
    @Override
    public Boolean visitPresence(Predicate.Presence presence) {
      return names.add(presence.className());
    }

    @Override
    public Boolean visitAnd(Predicate.And and) {
      and.parts().forEach(part -> part.accept(this));
      return true;
    }

    @Override
    public Boolean visitOr(Predicate.Or or) {
      or.parts().forEach(part -> part.accept(this));
      return true;
    }

    @Override
    public Boolean visitNot(Predicate.Not not) {
      return not.part().accept(this);
    }
  }
}
