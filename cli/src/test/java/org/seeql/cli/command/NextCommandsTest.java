package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NextCommandsTest {
  private static final List<String> WHERE = List.of("--namespace=vision");

  @Test
  void saysThatGoingOnDoesASecondTimeWhatMayHaveBeenDone() {
    assertThat(NextCommands.goOn("seeql-1", WHERE, Map.of(3, "INSERT INTO d.log VALUES ('…')")))
        .containsExactly(
            "seeql submit --resume seeql-1 --namespace=vision --again",
            "does statement 3 a second time, which may have been done: INSERT INTO d.log VALUES ('…')");
  }

  @Test
  void goesOnAsItIsWhereNothingIsDoneTwice() {
    assertThat(NextCommands.goOn("seeql-1", WHERE, Map.of()))
        .containsExactly("seeql submit --resume seeql-1 --namespace=vision");
  }
}
