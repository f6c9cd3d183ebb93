package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.seeql.cli.console.Capture;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.UnreadableRowsException;

class ErrorPrinterTest {
  private final Capture err = new Capture();
  private final Interruption interruption =
      new Interruption(
          (signal, action) -> {}, err.pipe(), code -> {}, code -> {}, Duration.ofMinutes(10));

  @Test
  void aConnectionLostWhileReadingRowsIsAFailure() {
    assertThat(handle(new UnreadableRowsException("the connection is lost", new EOFException())))
        .isEqualTo(2);
    assertThat(err.text()).isEqualTo("the connection is lost\n");
  }

  @Test
  void aQueryThatTheDatabaseRefusesIsARefusal() {
    assertThat(handle(new RefusalException("the database refuses"))).isEqualTo(1);
  }

  @Test
  void filtersEveryMessageForTheTerminal() {
    ErrorPrinter printer = new ErrorPrinter(err.colours(80), () -> true, interruption, "seeql");

    printer.handleExecutionException(new RefusalException("no \u001b[2J\u009bm"), null, null);

    assertThat(err.text())
        .startsWith("\u001b[31mno \ufffd[2J\ufffdm\u001b[0m\n")
        .contains("RefusalException: no \ufffd[2J\ufffdm\n");
  }

  private int handle(RuntimeException error) {
    return new ErrorPrinter(err.pipe(), () -> false, interruption, "seeql")
        .handleExecutionException(error, null, null);
  }
}
