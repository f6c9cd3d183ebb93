package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NextCommandsTest {
  private static final List<String> WHERE = List.of("--namespace=vision");

  @Test
  void warnsAboutStatementsThatWouldBeRepeated() {
    assertThat(
            NextCommands.resumption(
                "./seeql", "seeql-1", WHERE, Map.of(3, "INSERT INTO d.log VALUES ('…')")))
        .containsExactly(
            "./seeql submit --resume seeql-1 --namespace=vision --again",
            "executes statement 3 again, which may already have been executed: INSERT INTO "
                + "d.log VALUES ('…')");
  }

  @Test
  void resumesWithoutAgainIfNothingWouldBeRepeated() {
    assertThat(NextCommands.resumption("./seeql", "seeql-1", WHERE, Map.of()))
        .containsExactly("./seeql submit --resume seeql-1 --namespace=vision");
  }
}
