package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalSparkTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "local         | local[1,4]",
        "local[*]      | local[*,4]",
        "local[8]      | local[8,4]",
        "local[8,2]    | local[8,2]",
        "spark://h:70  | spark://h:70",
        "local-cluster[1,1,1024] | local-cluster[1,1,1024]"
      })
  void retriesTasksUnlessTheMasterSetsTheAttempts(String master, String used) {
    assertThat(LocalSpark.withRetries(master)).isEqualTo(used);
  }
}
