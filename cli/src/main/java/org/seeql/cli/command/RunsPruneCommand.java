package org.seeql.cli.command;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seeql.database.ledger.ListedRun;
import org.seeql.database.ledger.ListedRun.Status;
import org.seeql.database.ledger.RunInventory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "prune",
    description = "Deletes all runs that started before a time, as rm does. Running runs stay.")
final class RunsPruneCommand implements Callable<Integer> {
  private static final Pattern DAYS = Pattern.compile("(\\d{1,5})d");

  private final Invocation invocation;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      required = true,
      description = "The least age of a run, such as 30d or 12h.")
  private String age;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only runs in this state: succeeded, failed or interrupted.")
  private Status state;

  @Mixin private RunRemoval removal;
  @Mixin private DatabaseOptions database;

  RunsPruneCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws SQLException {
    Duration least = age();
    try (OpenDatabase open = database.open(invocation)) {
      RunInventory inventory = RunsCommand.inventory(open);
      List<ListedRun> runs =
          inventory.olderThan(least).stream()
              .filter(run -> run.status() != Status.RUNNING)
              .filter(run -> state == null || run.status() == state)
              .toList();
      removal.apply(runs, inventory, invocation.console().out());
    }
    return ExitCode.DONE;
  }

  private Duration age() {
    Matcher days = DAYS.matcher(age);
    return days.matches()
        ? Duration.ofDays(Long.parseLong(days.group(1)))
        : DurationText.parse("--older-than", age);
  }
}
