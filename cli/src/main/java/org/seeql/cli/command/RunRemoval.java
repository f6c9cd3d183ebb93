package org.seeql.cli.command;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.Style;
import org.seeql.database.RefusalException;
import org.seeql.database.ledger.FileTarget;
import org.seeql.database.ledger.ListedRun;
import org.seeql.database.ledger.RunInventory;
import org.seeql.job.sink.ParquetFolder;
import picocli.CommandLine.Option;

/** Deletes runs after showing what would be deleted. */
final class RunRemoval {
  @Option(
      names = "--yes",
      description = "Deletes the runs. Without it, the command only prints what it would delete.")
  private boolean confirmed;

  /**
   * Deletes runs, or prints what would be deleted.
   *
   * @throws RefusalException at the end, with every run that was not deleted and why
   */
  void apply(List<ListedRun> runs, RunInventory inventory, Channel channel) throws SQLException {
    StringBuilder refusals = new StringBuilder();
    int deleted = 0;
    for (ListedRun run : runs) {
      if (!confirmed) {
        channel.println("would delete " + describe(run));
        continue;
      }
      try {
        inventory.delete(run);
        deleteFiles(run);
        deleted++;
        channel.println(channel.paint(Style.GREEN, "✓ ") + "deleted " + describe(run));
      } catch (RefusalException e) {
        refusals.append(refusals.isEmpty() ? "" : "\n").append(e.getMessage());
      }
    }
    if (!confirmed) {
      channel.println(
          runs.isEmpty()
              ? "nothing to delete"
              : "nothing is deleted yet: repeat the command with --yes");
    }
    if (!refusals.isEmpty()) {
      throw new CommandRefusal(
          "%s\n%d of %d runs are deleted".formatted(refusals, deleted, runs.size()));
    }
  }

  /** Deletes the files that a run has not published. */
  private static void deleteFiles(ListedRun run) {
    Optional<FileTarget> folder = run.target().flatMap(FileTarget::find);
    if (folder.isPresent()) {
      try {
        new ParquetFolder(folder.get().folder(), run.runId()).clean();
      } catch (IOException e) {
        throw new RefusalException(
            "The records of run %s are deleted, but not its files next to %s: %s; delete the folders _seeql_%1$s and _seeql_old_%1$s"
                .formatted(run.runId(), folder.get().folder(), e),
            e);
      }
    }
  }

  private static String describe(ListedRun run) {
    String tables =
        run.leftovers().isEmpty()
            ? "its records"
            : "its records and "
                + run.leftovers().stream()
                    .map(leftover -> leftover.table().toString())
                    .collect(Collectors.joining(", "));
    String rows = run.target().map(target -> "; rows in " + target + " stay").orElse("");
    return "run " + run.runId() + ": " + tables + rows;
  }
}
