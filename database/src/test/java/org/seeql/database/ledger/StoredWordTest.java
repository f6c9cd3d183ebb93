package org.seeql.database.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seeql.database.RefusalException;
import org.seeql.database.StoredWord;
import org.seeql.planner.plan.InferencePlan;

class StoredWordTest {
  @ParameterizedTest
  @EnumSource
  void readsTheStatesOfRuns(RunState state) {
    assertThat(RunState.of("r1", state.word())).isEqualTo(state);
  }

  @ParameterizedTest
  @EnumSource
  void readsTheStatesOfPartitions(PartitionState state) {
    assertThat(PartitionState.of("r1", state.word())).isEqualTo(state);
  }

  @Test
  void refusesWordsOfNewerVersions() {
    assertRefused(() -> RunState.of("r1", "paused"), "state 'paused'");
    assertRefused(() -> PartitionState.of("r1", "split"), "state of a partition 'split'");
    assertRefused(
        () -> StoredWord.ofRun("r1", "kind", "segment", InferencePlan.Kind::of), "kind 'segment'");
    assertRefused(
        () -> StoredWord.ofRun("r1", "type of column 'c'", "BLOB", ColumnType::parse),
        "type of column 'c' 'BLOB'");
  }

  private static void assertRefused(Runnable read, String what) {
    assertThatThrownBy(read::run)
        .isInstanceOf(RefusalException.class)
        .hasMessage(
            "Cannot read run r1: unknown %s; it was written by a newer version of SeeQL"
                .formatted(what));
  }
}
