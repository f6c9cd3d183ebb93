package org.seeql.spark.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seeql.planner.option.OptionSet;

class StatementSettingsTest {
  @Test
  void takesRunOptionsFromSparksConfigurationAndNothingElse() {
    OptionSet options =
        StatementSettings.options(
            Map.of(
                "spark.seeql.batch_size", "8",
                "spark.seeql.database", "embedded:x",
                "spark.seeql.model", "yolo",
                "spark.seeql.on_failure", "fail",
                "spark.seeql.metrics.port", "1",
                "spark.sql.shuffle.partitions", "2"));

    assertThat(options).isEqualTo(OptionSet.NONE.with("batch_size", "8", "spark.seeql.batch_size"));
  }
}
