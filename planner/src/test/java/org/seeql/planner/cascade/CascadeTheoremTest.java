package org.seeql.planner.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.predicate.PredicateFunction;

/** A plan returns the predicate of its ladders' answers, whatever the order of its models is. */
class CascadeTheoremTest {
  private static final List<String> PREDICATES =
      List.of(
          "a", "a AND NOT b", "a OR b OR c", "(a AND b) OR (NOT a AND c)", "NOT (a AND (b OR c))");

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theOrderDoesNotChangeTheAnswers(int seed) {
    Random random = new Random(seed);
    CascadeProblem problem =
        ScoredWorlds.problem(
            seed,
            PREDICATES.get(seed % PREDICATES.size()),
            List.of("a", "b", "c"),
            3,
            200,
            Bounds.NONE);
    CascadeInstance instance =
        new CascadeInstance(PredicateFunction.of(problem.predicate()), problem);
    List<List<Rung>> ladders =
        IntStream.range(0, instance.variables()).mapToObj(v -> ladder(random, instance)).toList();
    int[][] models =
        ladders.stream()
            .map(ladder -> ladder.stream().mapToInt(rung -> rung.model().charAt(1) - '0').toArray())
            .toArray(int[][]::new);
    Half half = instance.selection();
    Verdicts verdicts = Verdicts.of(half, models, ladders);
    long[] expected =
        instance.holds(instance.function(), verdicts.answers(half.rows()), half.rows());

    for (int attempt = 0; attempt < 5; attempt++) {
      States states = new States(instance, numbers(models));
      int[][] local =
          java.util.Arrays.stream(models)
              .map(rungs -> IntStream.of(rungs).map(states::local).toArray())
              .toArray(int[][]::new);
      int[] ranks = random.ints(states.models().length).toArray();
      double[] costs = IntStream.of(states.models()).mapToDouble(instance::cost).toArray();
      Graph graph =
          Graph.find(instance, states, ladders, anyOrder(states, ranks, attempt), Integer.MAX_VALUE)
              .orElseThrow();
      Graph.Walk walk = graph.walk(half, verdicts, costs, local);

      assertThat(walk.counts()).isEqualTo(Counts.of(half.truth(), expected, half.rows()));
      if (attempt % 2 == 0) {
        OrderReplay replay =
            new OrderReplay(
                states,
                costs,
                ranks,
                new RowPartition(half.rows(), verdicts),
                OrderReplay.Listener.NONE);
        assertThat(replay.cost())
            .isCloseTo(walk.costMillis(), org.assertj.core.api.Assertions.within(1e-9));
      }
      BestOrder best =
          new BestOrder(states, costs, new RowPartition(half.rows(), verdicts), Long.MAX_VALUE);
      assertThat(best.findCost().orElseThrow()).isLessThanOrEqualTo(walk.costMillis() + 1e-9);
    }
  }

  private static Graph.Policy anyOrder(States states, int[] ranks, int attempt) {
    return new Graph.Policy() {
      @Override
      public int next(States.State state) {
        return OrderReplay.first(states.eligible(state), ranks);
      }

      @Override
      public States.State canonical(States.State state) {
        return attempt % 2 == 0 ? states.forgetful(state) : state;
      }
    };
  }

  private static List<Rung> ladder(Random random, CascadeInstance instance) {
    List<Integer> models = new java.util.ArrayList<>(IntStream.range(0, 3).boxed().toList());
    java.util.Collections.shuffle(models, random);
    int rungs = 1 + random.nextInt(3);
    List<Rung> ladder = new java.util.ArrayList<>();
    for (int rung = 0; rung < rungs; rung++) {
      double low = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 0.5;
      double high = random.nextInt(4) == 0 ? Rung.NEVER : low + random.nextDouble() * 0.5;
      boolean isLast = rung == rungs - 1;
      ladder.add(new Rung(instance.modelName(models.get(rung)), low, isLast ? low : high));
    }
    return ladder;
  }

  /** Ladders with the models of rungs; their thresholds are not used. */
  private static Ladder[] numbers(int[][] models) {
    return java.util.Arrays.stream(models)
        .map(rungs -> new Ladder(rungs, new int[rungs.length], new int[rungs.length]))
        .toArray(Ladder[]::new);
  }
}
