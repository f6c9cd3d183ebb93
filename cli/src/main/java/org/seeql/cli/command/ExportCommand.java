package org.seeql.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seeql.cli.console.Style;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.database.ledger.RunRecord;
import org.seeql.database.ledger.RunRecords;
import org.seeql.job.file.FileFormat;
import org.seeql.job.file.TableExport;
import org.seeql.planner.statement.TableName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seeql export}: writes rows; its subcommands write data sets. */
@Command(
    name = "export",
    description = {
      "Writes predictions or data sets into files.",
      "Without a command, writes the rows of a table or of a run into one file. The file appears "
          + "only when it is complete."
    })
final class ExportCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Invocation invocation;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "TABLE|RUN_ID",
      description =
          "A table, as DATABASE.TABLE, or the run id of a run, as printed in its summary.")
  private String source;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "The file. Its name determines the format: .parquet, .csv or .jsonl.")
  private String file;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "Format of the summary: text or json. Default: ${DEFAULT-VALUE}.")
  private SummaryFormat format;

  @Mixin private DatabaseOptions database;

  ExportCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    if (source == null) {
      throw new ParameterException(
          spec.commandLine(),
          "Missing command or table: export coco, export yolo, export sql, or export TABLE --to FILE");
    }
    if (file == null) {
      throw new ParameterException(
          spec.commandLine(), "Missing option: '--to=FILE' (.parquet, .csv or .jsonl)");
    }
    FileFormat rows =
        FileFormat.findByName(file)
            .orElseThrow(
                () ->
                    new CommandRefusal(
                        "Invalid value for --to: %s (the name ends with .parquet, .csv or .jsonl)"
                            .formatted(file)));
    ExportTarget target = new ExportTarget(invocation, file);
    try (OpenDatabase open = database.open(invocation)) {
      TableExport export = new TableExport(open.connector());
      TableExport.Source exported = source(export, open.connector());
      long written = target.write(out -> export.write(exported, rows, out));
      print(exported, written, target);
    } catch (SQLException e) {
      throw DatabaseErrors.refused("Cannot export " + source, e);
    }
    return ExitCode.DONE;
  }

  /** A name without a database is that of a run. */
  private TableExport.Source source(TableExport export, DatabaseConnector connector)
      throws SQLException {
    TableName table = new TableNameConverter().convert(source.strip());
    if (table.database().isPresent()) {
      return new TableExport.Source(table, Optional.empty());
    }
    SystemSchema.migrate(connector);
    try (DatabaseSession session = DatabaseSession.borrow(connector)) {
      RunRecord run =
          RunRecords.find(session, table.name())
              .orElseThrow(
                  () ->
                      new RefusalException(
                          "Cannot export %s: there is no such run; name a table as DATABASE.TABLE"
                              .formatted(table)));
      return export.rowsOf(run);
    }
  }

  private void print(TableExport.Source exported, long rows, ExportTarget target) {
    String path = target.file().orElseThrow().toString();
    if (format == SummaryFormat.JSON) {
      ObjectNode document = JSON.createObjectNode();
      document.put("table", exported.table().toString());
      exported.runId().ifPresent(id -> document.put("run_id", id));
      document.put("file", path);
      document.put("rows", rows);
      invocation.console().out().println(document.toString());
      return;
    }
    invocation
        .console()
        .err()
        .println(
            invocation.console().err().paint(Style.GREEN, "✓")
                + String.format(
                    Locale.ROOT,
                    " %,d %s of %s in %s",
                    rows,
                    rows == 1 ? "row" : "rows",
                    exported.runId().map(id -> "run " + id).orElse(exported.table().toString()),
                    path));
  }
}
