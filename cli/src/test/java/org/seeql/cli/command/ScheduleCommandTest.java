package org.seeql.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seeql.cli.command.CommandLineRunner.Outcome;

class ScheduleCommandTest {
  @TempDir Path directory;

  @BeforeEach
  void write() throws Exception {
    Files.writeString(directory.resolve("Nightly run.sql"), "DROP TABLE IF EXISTS d.i");
  }

  private Outcome schedule(String... more) {
    List<String> arguments = new ArrayList<>(List.of("schedule", "Nightly run.sql"));
    arguments.add("--image=registry.example/seeql:1");
    arguments.addAll(List.of(more));
    return new CommandLineRunner(directory).run(arguments.toArray(String[]::new));
  }

  @Test
  void printsTheManifests() {
    Outcome outcome =
        schedule("--cron=0 2 * * *", "--timezone=Asia/Tokyo", "--concurrency=forbid", "--dry-run");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .startsWith("apiVersion: v1\nkind: ConfigMap\n")
        .contains(
            "kind: CronWorkflow\n",
            "  name: nightly-run\n",
            "  - 0 2 * * *\n",
            "timezone: Asia/Tokyo\n",
            "concurrencyPolicy: Forbid\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "--cron=0 2 31 2 * | Invalid --cron: '0 2 31 2 *' never fires: no month has that day",
        "--name=Night | Invalid --name: 'Night' (at most 63 of a-z, 0-9 and '-', beginning with a"
            + " letter)",
        "--name=a-name-that-is-long-enough | Invalid --name: 'a-name-that-is-long-enough' "
            + "has 26 characters (at most 19, because the ids of its runs add the time and the "
            + "statement to it and have at most 32)"
      })
  void refusesInvalidSchedules(String argument, String message) {
    Outcome outcome =
        argument.startsWith("--cron")
            ? schedule(argument, "--dry-run")
            : schedule("--cron=@daily", argument, "--dry-run");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).isEqualTo(message + "\n");
  }
}
