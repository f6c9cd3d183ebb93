package org.seeql.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seeql.bench.CascadeBench.Drawn;

class CascadeBenchTest {
  @Test
  void stopsIfNoConditionIsCertified() {
    assertThat(Drawn.of(30, number -> Optional.empty())).isEqualTo(new Drawn(List.of(), 600));
  }

  @Test
  void summarisesNoConditions() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    CascadeBench.summarise(
        new Drawn(List.of(), 600), new Report(new PrintStream(printed, true, UTF_8)));

    assertThat(printed.toString(UTF_8).lines().skip(5))
        .containsExactly(
            "| conditions with both plans, of those drawn | 0 of 600 |",
            "| cost of optimal divided by that of cascade, first quartile | - |",
            "| median | - |",
            "| third quartile | - |",
            "| showing split: F1 of cascade at least the bound | 0 of 0 |",
            "| the same for optimal | 0 of 0 |");
  }
}
