package org.seeql.cli.command;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.seeql.database.ledger.ListedRun;
import org.seeql.database.ledger.RunInventory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "rm",
    description =
        "Deletes runs: their records, selections and unpublished rows. Published rows stay. A "
            + "deleted run cannot be resumed or reported.")
final class RunsRemoveCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      converter = RunIdConverter.class,
      description = "The ids of the runs.")
  private List<String> ids = new ArrayList<>();

  @Mixin private RunRemoval removal;
  @Mixin private DatabaseOptions database;

  RunsRemoveCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws SQLException {
    try (OpenDatabase open = database.open(invocation)) {
      RunInventory inventory = RunsCommand.inventory(open);
      List<ListedRun> runs = new ArrayList<>();
      for (String id : ids) {
        runs.add(
            inventory
                .find(id)
                .orElseThrow(
                    () ->
                        new CommandRefusal(
                            "Cannot delete run %s: there is no such run; seeql runs lists the runs"
                                .formatted(id))));
      }
      removal.apply(runs, inventory, invocation.console().out());
    }
    return ExitCode.DONE;
  }
}
