package org.seeql.job.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.seeql.planner.statement.TableName;

class AnswerTableTest {
  private static final AnswerTable ANSWERS = new AnswerTable(TableName.of("seeql", "answers"));

  @Test
  void readsPathsFromTheAnswersWithoutAJoin() {
    assertThat(ANSWERS.queryWithPaths("prediction"))
        .isEqualTo("SELECT image_id, prediction, file_name FROM `seeql`.`answers` ORDER BY 1");
  }

  @Test
  void readsAnswersInTheOrderOfTheirIds() {
    assertThat(ANSWERS.query("prediction"))
        .isEqualTo("SELECT image_id, prediction FROM `seeql`.`answers` ORDER BY 1");
  }
}
