package org.seeql.planner.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VisionTaskTest {

  @ParameterizedTest
  @EnumSource
  void isFoundByItsName(VisionTask task) {
    assertThat(VisionTask.find(task.toString())).contains(task);
  }

  @Test
  void hasTheNamesThatTablesContain() {
    assertThat(VisionTask.values())
        .extracting(VisionTask::toString)
        .containsExactly("detect", "classify", "tag", "embed");
    assertThat(VisionTask.find("find")).isEmpty();
  }
}
