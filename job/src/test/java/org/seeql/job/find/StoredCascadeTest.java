package org.seeql.job.find;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.seeql.database.RefusalException;
import org.seeql.planner.cascade.CascadeBranch;
import org.seeql.planner.cascade.CascadeNode;
import org.seeql.planner.cascade.CascadePlan;
import org.seeql.planner.cascade.Figures;
import org.seeql.planner.cascade.Limit;
import org.seeql.planner.cascade.Rung;
import org.seeql.planner.cascade.RungCounts;
import org.seeql.planner.cascade.Verdict;
import org.seeql.planner.optimizer.Bound;
import org.seeql.planner.optimizer.Bounds;
import org.seeql.planner.optimizer.Measure;
import org.seeql.planner.optimizer.Quality;
import org.seeql.planner.optimizer.Step;

class StoredCascadeTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Runs {@code scout}, and {@code large} if scout is unsure about a person. */
  private static CascadePlan plan() {
    return new CascadePlan(
        Bounds.NONE.with(Bound.MIN_RECALL, 0.9).with(Bound.MAX_COST_MS, 20),
        Measure.F1,
        0.9,
        new TreeMap<>(
            Map.of(
                "person",
                List.of(new Rung("scout", 0.1 + 0.2, Rung.NEVER), new Rung("large", 0.4, 0.4)))),
        new Figures(500, 17.25, new Quality(0.1, 0.2, 0.3, 0.4)),
        new Figures(501, 16.5, new Quality(0.4, 0.3, 0.2, 0.1)),
        new TreeMap<>(Map.of(Bound.MIN_RECALL, new Limit(1.0 / 3, 61, 62))),
        4,
        0.1,
        new Step.Then(0),
        List.of(
            new CascadeNode(
                0,
                "scout",
                new TreeMap<>(Map.of("person", 0)),
                4,
                1,
                List.of(
                    new CascadeBranch(
                        new TreeMap<>(Map.of("person", Verdict.NO)), new Step.Decide(false)),
                    new CascadeBranch(
                        new TreeMap<>(Map.of("person", Verdict.UNSURE)), new Step.Then(1)))),
            new CascadeNode(
                1,
                "large",
                new TreeMap<>(Map.of("person", 1)),
                40,
                0.3,
                List.of(
                    new CascadeBranch(
                        new TreeMap<>(Map.of("person", Verdict.NO)), new Step.Decide(false)),
                    new CascadeBranch(
                        new TreeMap<>(Map.of("person", Verdict.YES)), new Step.Decide(true))))),
        List.of(counts(0, 350, 150), counts(60, 90, 0)));
  }

  private static RungCounts counts(long yes, long no, long unsure) {
    List<Long> scores = new ArrayList<>(Collections.nCopies(RungCounts.BINS, 0L));
    scores.set(3, yes + no + unsure);
    return new RungCounts(yes, no, unsure, scores);
  }

  @Test
  void aCascadeOfAnEarlierVersionHasNoExpectedAnswers() throws Exception {
    ObjectNode json = JSON.valueToTree(StoredCascade.of(plan()));
    json.remove("rungs");

    assertThat(JSON.treeToValue(json, StoredCascade.class).toPlan("r1").rungs()).isEmpty();
  }

  @Test
  void aCascadeIsRestoredFromItsJsonWithoutLoss() throws Exception {
    String json = JSON.writeValueAsString(StoredCascade.of(plan()));

    assertThat(JSON.readValue(json, StoredCascade.class).toPlan("r1")).isEqualTo(plan());
  }

  @Test
  void anUnknownVerdictIsRefused() throws Exception {
    String json =
        JSON.writeValueAsString(StoredCascade.of(plan())).replace(":\"unsure\"", ":\"later\"");

    assertThatThrownBy(() -> JSON.readValue(json, StoredCascade.class).toPlan("r1"))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot read run r1: unknown verdict of the plan 'later'; it was written by a newer"
                + " version of SeeQL");
  }
}
