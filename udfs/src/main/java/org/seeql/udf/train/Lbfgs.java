package org.seeql.udf.train;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Minimises a convex, differentiable function: limited-memory BFGS with a backtracking line search
 * (Nocedal and Wright, "Numerical Optimization", algorithms 7.4, 7.5 and 3.1). For one thread.
 */
final class Lbfgs {
  /** The number of steps from which the curvature is estimated. */
  private static final int MEMORY = 20;

  private static final int MAX_ITERATIONS = 1_000;
  private static final int MAX_HALVINGS = 40;

  /** The largest component of the gradient at the minimum. */
  private static final double GRADIENT = 1e-7;

  /** The share of the decrease that the gradient promises: Armijo's condition. */
  private static final double SUFFICIENT = 1e-4;

  private final LogisticObjective objective;
  private final Deque<Step> steps = new ArrayDeque<>();

  private Lbfgs(LogisticObjective objective) {
    this.objective = requireNonNull(objective, "objective is null");
  }

  /** A step and the change of the gradient along it. */
  @SuppressWarnings("ArrayRecordComponent") // not changed
  private record Step(double[] moved, double[] turned, double curvature) {}

  /** The point with the lowest value, near enough that no component of the gradient matters. */
  static double[] minimum(LogisticObjective objective, double[] start) {
    return new Lbfgs(objective).minimum(start);
  }

  private double[] minimum(double[] start) {
    double[] point = start;
    double value = objective.value(point);
    double[] gradient = objective.gradient(point);
    for (int i = 0; i < MAX_ITERATIONS && largest(gradient) > GRADIENT; i++) {
      double[] direction = direction(gradient);
      double slope = dot(direction, gradient);
      double length = steps.isEmpty() ? Math.min(1, 1 / largest(gradient)) : 1;
      double[] next = moved(point, direction, length);
      double found = objective.value(next);
      int halvings = 0;
      while (found > value + SUFFICIENT * length * slope && halvings < MAX_HALVINGS) {
        length /= 2;
        next = moved(point, direction, length);
        found = objective.value(next);
        halvings++;
      }
      if (!(found < value)) {
        break; // the rounding errors are larger than the decrease
      }
      double[] turned = objective.gradient(next);
      remember(point, next, gradient, turned);
      point = next;
      value = found;
      gradient = turned;
    }
    return point;
  }

  private void remember(double[] from, double[] to, double[] before, double[] after) {
    double[] moved = moved(to, from, -1);
    double[] turned = moved(after, before, -1);
    double curvature = dot(moved, turned);
    if (curvature > 0) {
      if (steps.size() == MEMORY) {
        steps.removeFirst();
      }
      steps.addLast(new Step(moved, turned, curvature));
    }
  }

  /** The gradient times an estimate of the inverse Hessian, downwards. */
  private double[] direction(double[] gradient) {
    double[] direction = moved(new double[gradient.length], gradient, -1);
    Deque<Double> shares = new ArrayDeque<>();
    for (Iterator<Step> latest = steps.descendingIterator(); latest.hasNext(); ) {
      Step step = latest.next();
      double share = dot(step.moved(), direction) / step.curvature();
      shares.addLast(share);
      direction = moved(direction, step.turned(), -share);
    }
    if (!steps.isEmpty()) {
      Step last = steps.getLast();
      double scale = last.curvature() / dot(last.turned(), last.turned());
      direction = moved(new double[gradient.length], direction, scale);
    }
    for (Step step : steps) {
      double share = dot(step.turned(), direction) / step.curvature();
      direction = moved(direction, step.moved(), shares.removeLast() - share);
    }
    return direction;
  }

  private static double[] moved(double[] point, double[] direction, double length) {
    double[] moved = new double[point.length];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = point[i] + length * direction[i];
    }
    return moved;
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
