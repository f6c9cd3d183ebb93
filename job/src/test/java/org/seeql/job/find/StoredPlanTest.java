package org.seeql.job.find;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.database.RefusalException;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.optimizer.Optimality;

class StoredPlanTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Optimality> optimalities() {
    return Stream.of(
        new Optimality.Exact(),
        new Optimality.LowerBound(0),
        new Optimality.LowerBound(101.5),
        new Optimality.UpperBound(0.1 + 0.2));
  }

  @ParameterizedTest
  @MethodSource("optimalities")
  void aPlanIsRestoredFromItsJsonWithoutLoss(Optimality optimality) throws Exception {
    DecisionPlan plan = Plans.twoModels(optimality);

    String json = JSON.writeValueAsString(StoredPlan.of(plan));

    assertThat(JSON.readValue(json, StoredPlan.class).toPlan("r1")).isEqualTo(plan);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPlanWithoutModelsIsRestored(boolean answer) throws Exception {
    DecisionPlan plan = Plans.constant(answer);

    String json = JSON.writeValueAsString(StoredPlan.of(plan));

    assertThat(JSON.readValue(json, StoredPlan.class).toPlan("r1")).isEqualTo(plan);
  }

  @Test
  void namesThatLookLikeJsonAreRestored() throws Exception {
    String hostile = "\"}, \\ \u0000 ünï 🐕";
    DecisionPlan plan = Plans.twoModels(new Optimality.Exact());
    DecisionPlan named =
        new DecisionPlan(
            plan.strategy(),
            plan.bounds(),
            plan.maximize(),
            Plans.sorted(Map.of(hostile, List.of(hostile))),
            plan.expectedCostMillis(),
            plan.quality(),
            plan.optimality(),
            plan.root(),
            plan.nodes(),
            List.of(hostile));

    String json = JSON.writeValueAsString(StoredPlan.of(named));

    assertThat(JSON.readValue(json, StoredPlan.class).toPlan("r1")).isEqualTo(named);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"exact\"', '\"likely\"', optimality of the plan, likely",
    "'\"dropped\"', '\"deferred\"', step of the plan, deferred"
  })
  void refusesWordsOfNewerVersions(String known, String stored, String name, String word)
      throws Exception {
    String json =
        JSON.writeValueAsString(StoredPlan.of(Plans.twoModels(new Optimality.Exact())))
            .replace(known, stored);
    StoredPlan plan = JSON.readValue(json, StoredPlan.class);

    assertThatThrownBy(() -> plan.toPlan("r1"))
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot read run r1: unknown %s '%s'; it was written by a newer version of SeeQL"
                .formatted(name, word));
  }

  /** Stored plans are read by later versions, so that their names must not change. */
  @Test
  void namesItsSteps() throws Exception {
    JsonNode json = JSON.valueToTree(StoredPlan.of(Plans.twoModels(new Optimality.Exact())));

    assertThat(json.get("root")).isEqualTo(JSON.readTree("{\"to\":\"node\",\"node\":0}"));
    assertThat(json.get("nodes").get(0).get("next").get(0))
        .isEqualTo(
            JSON.readTree(
                "{\"when\":{\"person\":false},\"step\":{\"to\":\"dropped\",\"node\":0}}"));
    assertThat(json.get("nodes").get(1).get("next").get(2))
        .isEqualTo(
            JSON.readTree("{\"when\":{\"cat\":true},\"step\":{\"to\":\"found\",\"node\":0}}"));
    assertThat(json.get("bounds").toString()).isEqualTo("{\"MIN_F1\":0.5,\"MAX_COST_MS\":140.25}");
  }
}
