package org.seeql.planner.optimizer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.seeql.planner.predicate.DecisionDiagram;

/**
 * Plans that ask different models about a class in different branches, for few classes and few
 * models. The problem is linear: it minimizes the expected cost, and each quality bound requires a
 * mean payoff of at least 0. A price for the payoff turns the bounds into cost (Everett,
 * "Generalized Lagrange Multiplier Method", 1963). For one price, a dynamic program over all
 * histories finds the best plan. Prices are tried by bisection. Some best plans are not best for
 * any price, so the result is good but not proved optimal.
 *
 * <p>A history records 0 for each class without an answer, else 1 + 2 · the index of the model in
 * the class's list + the answer. It is encoded as one number in mixed radix.
 */
final class ContingentPlans {
  private static final int MAX_HISTORIES = 4_000;
  private static final int PRICES = 30;

  // a smaller gain does not justify a plan that is harder to read
  private static final double MIN_GAIN = 1e-6;

  private final Instance instance;
  private final DecisionDiagram diagram;
  private final IndependentEstimates estimates;
  private final Goal goal;
  private final double[] payoffs;
  private final int[][] models;

  /** The distinct models of all classes, in the order of their names. */
  private final int[] pool;

  private final int[] radix;

  private final double[] scores;
  private final int[] next;
  private final int[] asked;
  private final boolean[] isKnown;
  private double price;

  /** A plan and its quality. */
  record Contingent(PlanGraph graph, Quality quality) {}

  /**
   * The next model and its classes for each history, the resulting plan, and the plan's histories.
   */
  @SuppressWarnings("ArrayRecordComponent") // created in inner loops
  private record Table(int[] next, int[] asked, Contingent plan, List<Integer> histories) {
    Evaluated worth() {
      return new Evaluated(new int[0], plan.quality(), plan.graph().costMillis());
    }
  }

  ContingentPlans(Instance instance, IndependentEstimates estimates, Goal goal, int[] assignment) {
    this.instance = instance;
    this.diagram = instance.diagram();
    this.estimates = estimates;
    this.goal = goal;
    this.payoffs = Ceiling.payoffs(goal);
    this.models = ContingentModels.choose(instance, estimates, assignment, MAX_HISTORIES);
    this.pool = Arrays.stream(models).flatMapToInt(Arrays::stream).sorted().distinct().toArray();
    this.radix = new int[models.length];
    int histories = 1;
    for (int variable = 0; variable < models.length; variable++) {
      radix[variable] = histories;
      histories *= 1 + 2 * models[variable].length;
    }
    scores = new double[histories];
    next = new int[histories];
    asked = new int[histories];
    isKnown = new boolean[histories];
  }

  /** Whether a better plan may exist, with few enough histories to search. */
  static boolean mayHelp(Goal goal, int variables) {
    boolean isBound = goal.isCost() || goal.bounds().find(Bound.MAX_COST_MS).isPresent();
    return goal.isPlain()
        && isBound
        && (goal.isCost() || goal.boundOfMeasure() == Bound.MIN_ACCURACY)
        && ContingentModels.isWorthWhile(variables, MAX_HISTORIES);
  }

  /**
   * A plan that satisfies the bounds and is better than one that asks one model about each class.
   */
  Optional<Contingent> betterThan(Evaluated plan) {
    Optional<Table> keeps = Optional.empty();
    Optional<Table> misses = Optional.empty();
    double low = 0;
    double high = 1024 * Math.max(plan.costMillis(), 1);
    for (int i = 0; i < PRICES; i++) {
      double tried = i == 0 ? high : i == 1 ? 0 : (low + high) / 2;
      Table table = forPrice(tried);
      boolean isKept = goal.keeps(table.worth());
      if (isKept) {
        keeps = keeps.isEmpty() || isBetter(table, keeps.get()) ? Optional.of(table) : keeps;
      } else {
        misses = Optional.of(table);
      }
      // a higher price of the payoff gives a plan of better quality and higher cost
      if (goal.isCost() == isKept) {
        high = tried;
      } else {
        low = tried;
      }
    }
    if (keeps.isEmpty()) {
      return Optional.empty();
    }
    Table best = misses.isPresent() ? mixed(keeps.get(), misses.get()) : keeps.get();
    return gain(best.worth(), plan) > MIN_GAIN ? Optional.of(best.plan()) : Optional.empty();
  }

  private boolean isBetter(Table table, Table than) {
    return gain(table.worth(), than.worth()) > 0;
  }

  /**
   * Copies the other plan's continuation after some histories, as long as the result is better and
   * satisfies the bounds. Plans between two adjacent prices are best for neither of them.
   */
  private Table mixed(Table start, Table other) {
    Table best = start;
    for (boolean isBetter = true; isBetter; ) {
      isBetter = false;
      Table from = best;
      for (int history : from.histories()) {
        Table mixed = with(from, history, other);
        if (goal.keeps(mixed.worth()) && gain(mixed.worth(), best.worth()) > MIN_GAIN) {
          best = mixed;
          isBetter = true;
        }
      }
    }
    return best;
  }

  private Table with(Table table, int from, Table other) {
    int[] mixedNext = table.next().clone();
    int[] mixedAsked = table.asked().clone();
    for (int history = from; history < mixedNext.length; history++) {
      if (goesOn(from, history)) {
        mixedNext[history] = other.next()[history];
        mixedAsked[history] = other.asked()[history];
      }
    }
    return follow(mixedNext, mixedAsked);
  }

  /** Whether a history contains all answers of another. */
  private boolean goesOn(int from, int history) {
    for (int variable = 0; variable < models.length; variable++) {
      int reply = reply(from, variable);
      if (reply > 0 && reply != reply(history, variable)) {
        return false;
      }
    }
    return true;
  }

  /** By how much one plan is better than another: relative cost, or difference of the measure. */
  private double gain(Evaluated plan, Evaluated than) {
    return goal.isCost()
        ? (than.costMillis() - plan.costMillis()) / Math.max(1, than.costMillis())
        : goal.measure(plan.quality()) - goal.measure(than.quality());
  }

  private Table forPrice(double tried) {
    price = tried;
    Arrays.fill(isKnown, false);
    score(0, instance.function());
    return follow(next.clone(), asked.clone());
  }

  private Table follow(int[] nextOfTable, int[] askedOfTable) {
    ContingentShape shape =
        new ContingentShape(instance, estimates, models, radix, nextOfTable, askedOfTable);
    Contingent plan = shape.build();
    return new Table(nextOfTable, askedOfTable, plan, shape.histories());
  }

  private double score(int history, int rest) {
    if (isKnown[history]) {
      return scores[history];
    }
    double best;
    if (diagram.isConstant(rest)) {
      best = -price * payoff(history, rest);
    } else {
      best = Double.POSITIVE_INFINITY;
      double share = share(history);
      for (int model : pool) {
        int open = open(history, model) & diagram.support(rest);
        for (int classes = open; classes != 0; classes = (classes - 1) & open) {
          double score = instance.cost(model) * share + scoreAfter(history, rest, model, classes);
          if (score < best - 1e-12) {
            best = score;
            next[history] = model;
            asked[history] = classes;
          }
        }
      }
    }
    isKnown[history] = true;
    scores[history] = best;
    return best;
  }

  private double scoreAfter(int history, int rest, int model, int classes) {
    int left = classes & diagram.support(rest);
    if (left == 0) {
      return score(history, rest);
    }
    int variable = Integer.numberOfTrailingZeros(left);
    int others = left & (left - 1);
    int no = history + radix[variable] * (1 + 2 * place(variable, model));
    return scoreAfter(no, diagram.rest(rest, variable, false), model, others)
        + scoreAfter(no + radix[variable], diagram.rest(rest, variable, true), model, others);
  }

  private int reply(int history, int variable) {
    return history / radix[variable] % (1 + 2 * models[variable].length);
  }

  private int place(int variable, int model) {
    return Arrays.binarySearch(models[variable], model);
  }

  /** The classes that a model may still answer; none if it has already run. */
  private int open(int history, int model) {
    int open = 0;
    for (int variable = 0; variable < models.length; variable++) {
      int place = place(variable, model);
      int reply = reply(history, variable);
      if (place >= 0 && reply > 0 && (reply - 1) / 2 == place) {
        return 0;
      }
      if (place >= 0 && reply == 0) {
        open |= 1 << variable;
      }
    }
    return open;
  }

  private double share(int history) {
    double share = 1;
    for (int variable = 0; variable < models.length; variable++) {
      int reply = reply(history, variable);
      if (reply > 0) {
        int model = models[variable][(reply - 1) / 2];
        share *= estimates.answers()[variable][model][(reply - 1) % 2];
      }
    }
    return share;
  }

  /** The total payoff of the images that end with a history and an answer. */
  private double payoff(int history, int answer) {
    double[] shares = new double[2 * models.length];
    for (int variable = 0; variable < models.length; variable++) {
      int one = reply(history, variable);
      estimates.truths(
          variable, one == 0 ? -1 : models[variable][(one - 1) / 2], (one - 1) & 1, shares);
    }
    double holds = ContingentShape.share(diagram, instance.function(), shares);
    double all = 1;
    for (int variable = 0; variable < models.length; variable++) {
      all *= shares[2 * variable] + shares[2 * variable + 1];
    }
    return holds * payoffs[2 + answer] + (all - holds) * payoffs[answer];
  }
}
