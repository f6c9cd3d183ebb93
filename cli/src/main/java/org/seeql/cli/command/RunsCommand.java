package org.seeql.cli.command;

import java.sql.SQLException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.seeql.cli.console.Console;
import org.seeql.cli.console.RowFormat;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.database.ledger.ListedRun;
import org.seeql.database.ledger.RunInventory;
import org.seeql.planner.statement.TableName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code seeql runs}: lists runs; its subcommands delete them. */
@Command(
    name = "runs",
    description =
        "Lists the runs of a database, the newest first. 'leftover' is the size of the tables that "
            + "a run left besides its result: they are deleted with the run.")
final class RunsCommand implements Callable<Integer> {
  static final List<String> COLUMNS =
      List.of(
          "run",
          "state",
          "clause",
          "model",
          "target",
          "images",
          "failed",
          "rows",
          "started",
          "seconds",
          "leftover_mib");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private final Invocation invocation;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "The largest number of runs. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Mixin private RowOutput rows;
  @Mixin private DatabaseOptions database;

  RunsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws SQLException {
    if (limit < 1) {
      throw new CommandRefusal("Invalid value for --limit: %d (at least 1)".formatted(limit));
    }
    try (OpenDatabase open = database.open(invocation)) {
      List<ListedRun> runs = inventory(open).latest(limit);
      return rows.write(
          invocation,
          console -> {
            print(runs, rows.format(), console);
            return ExitCode.DONE;
          });
    }
  }

  /** The runs of a database, whose system tables are created or updated if necessary. */
  static RunInventory inventory(OpenDatabase open) throws SQLException {
    SystemSchema.migrate(open.connector());
    return new RunInventory(open.connector());
  }

  static void print(List<ListedRun> runs, RowFormat format, Console console) {
    format.on(console.out()).print(COLUMNS, rows(runs).iterator());
  }

  /** The rows of runs, with the columns {@link #COLUMNS}. */
  static List<List<Object>> rows(List<ListedRun> runs) {
    List<List<Object>> rows = new ArrayList<>();
    for (ListedRun run : runs) {
      List<Object> row = new ArrayList<>();
      row.add(run.runId());
      row.add(run.status().name().toLowerCase(Locale.ROOT));
      row.add(run.clause());
      row.add(run.model());
      row.add(run.target().map(TableName::toString).orElse(null));
      row.add(number(run.images()));
      row.add(number(run.failed()));
      row.add(number(run.rows()));
      row.add(TIME.format(run.started().atZone(ZoneId.systemDefault())));
      row.add(run.duration().map(duration -> duration.toMillis() / 1_000.0).orElse(null));
      row.add(run.leftoverMebibytes());
      rows.add(row);
    }
    return rows;
  }

  private static Long number(OptionalLong number) {
    return number.isPresent() ? number.getAsLong() : null;
  }
}
