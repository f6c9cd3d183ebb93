package org.seeql.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.Console;
import org.seeql.cli.console.ProgressDisplay;
import org.seeql.cli.console.RowFormat;
import org.seeql.database.RefusalException;
import org.seeql.job.StatementResult;

class ProgramRunTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Channel channel = Channel.plain(new PrintStream(printed, true, UTF_8));
  private final Map<String, Runnable> signals = new HashMap<>();
  private final Interruption interruption =
      new Interruption(signals::put, channel, code -> {}, code -> {}, Duration.ofMinutes(10));

  ProgramRunTest() {
    interruption.watch();
    interruption.stopBy(() -> {});
  }

  /** Runs statements, one of which is interrupted and then fails or completes. */
  private int run(int statements, int interrupted, boolean fails) {
    List<ProgramRun.Step> steps = new ArrayList<>();
    for (int i = 1; i <= statements; i++) {
      int number = i;
      steps.add(
          new ProgramRun.Step(
              "line " + i,
              session -> {
                if (number == interrupted) {
                  signals.get("INT").run();
                }
                if (number == interrupted && fails) {
                  throw new RefusalException("killed");
                }
                return new StatementResult.Update(0);
              }));
    }
    if (interrupted == 0) {
      signals.get("INT").run();
    }
    return new ProgramRun(
            steps,
            interruption,
            new ProgressDisplay(channel),
            new ResultPrinter(
                new Console(InputStream.nullInputStream(), channel, channel),
                RowFormat.TABLE,
                List.of()))
        .in(null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 1 | true  | Interrupted; the statement was stopped",
        "1 | 0 | true  | Interrupted; the statement was not run",
        "3 | 0 | true  | Interrupted; no statement was run",
        "3 | 1 | true  | Interrupted; statement 1 of 3 was stopped; statements 2 to 3 were not run,"
            + " from line 2",
        "3 | 2 | true  | Interrupted; statement 2 of 3 was stopped; statement 3 of 3 was not run",
        "3 | 3 | true  | Interrupted; statement 3 of 3 was stopped",
        "3 | 1 | false | Interrupted; statements 2 to 3 were not run, from line 2",
        "3 | 2 | false | Interrupted; statement 3 of 3 was not run"
      })
  void reportsInOneLineWhatWasNotRun(int statements, int interrupted, boolean fails, String line) {
    assertThat(run(statements, interrupted, fails)).isEqualTo(130);

    assertThat(printed.toString(UTF_8)).endsWith(line + "\n").containsOnlyOnce("Interrupted");
  }

  @Test
  void isDoneAfterTheLastStatement() {
    assertThat(run(2, 2, false)).isZero();

    assertThat(printed.toString(UTF_8)).doesNotContain("Interrupted");
  }

  @Test
  void rethrowsOtherErrors() {
    ProgramRun run =
        new ProgramRun(
            List.of(
                new ProgramRun.Step(
                    "",
                    session -> {
                      throw new RefusalException("refused");
                    })),
            interruption,
            new ProgressDisplay(channel),
            new ResultPrinter(
                new Console(InputStream.nullInputStream(), channel, channel),
                RowFormat.TABLE,
                List.of()));

    assertThatThrownBy(() -> run.in(null))
        .isInstanceOf(RefusalException.class)
        .hasMessage("refused");
  }
}
