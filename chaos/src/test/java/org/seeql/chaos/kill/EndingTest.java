package org.seeql.chaos.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.chaos.Count;
import org.seeql.chaos.Tally;

class EndingTest {
  private static final DetectionRows NONE = new DetectionRows(Map.of());
  private static final DetectionRows EXPECTED = new DetectionRows(Map.of("a", 1, "b", 2));

  private final Tally tally = new Tally("test", new PrintStream(OutputStream.nullOutputStream()));
  private final List<String> dropped = new ArrayList<>();

  @Test
  void dropsTheTableWhoseRowsAreExact() throws Exception {
    compareAndClean(Mode.ERROR, EXPECTED, NONE);

    assertThat(dropped).containsExactly("driver_1");
  }

  @ParameterizedTest
  @CsvSource({"1, 1, LOST", "1, 3, DUPLICATED", "0, 2, LOST", "2, 2, DUPLICATED"})
  void keepsTheTableOfADefect(int a, int b, Count defect) throws Exception {
    compareAndClean(Mode.ERROR, new DetectionRows(Map.of("a", a, "b", b)), NONE);

    assertThat(tally.of(defect)).isEqualTo(1);
    assertThat(dropped).isEmpty();
  }

  @Test
  void keepsTheTableWithRowsThatShouldBeReplaced() throws Exception {
    compareAndClean(Mode.OVERWRITE, EXPECTED, new DetectionRows(Map.of("a", 1)));

    assertThat(tally.of(Count.DUPLICATED)).isEqualTo(1);
    assertThat(dropped).isEmpty();
  }

  @Test
  void keepsTheTableThatLacksEarlierRows() throws Exception {
    compareAndClean(Mode.APPEND_MORE, EXPECTED, new DetectionRows(Map.of("a", 1)));

    assertThat(tally.of(Count.LOST)).isEqualTo(2);
    assertThat(dropped).isEmpty();
  }

  private void compareAndClean(Mode mode, DetectionRows ofRun, DetectionRows earlier)
      throws Exception {
    ResultTables tables =
        new ResultTables() {
          @Override
          public DetectionRows rows(String table, String runId) {
            return runId.equals("earlier") ? earlier : ofRun;
          }

          @Override
          public void drop(String table) {
            dropped.add(table);
          }
        };
    DisturbedRun run =
        new DisturbedRun("driver-1", "driver_1", mode, DisturbedRun.DEFAULT_MILLIS, List.of());

    new Ending(new DetectionStatement(null, EXPECTED, Duration.ZERO), tables, tally)
        .compareAndClean(run);
  }
}
