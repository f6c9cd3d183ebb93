package org.seeql.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.Style;
import org.seeql.datasets.export.SqlScriptExport;
import org.seeql.datasets.export.SqlScriptExport.Into;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "sql",
    description = {
      "Writes the tables of a data set as an SQL script. `mysql < FILE` loads it. The "
          + "container image of MySQL also loads it at its first start.",
      "Loading the script drops existing tables with the same names."
    })
final class ExportSqlCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "DATABASE",
      converter = DatabaseNameConverter.class,
      description = "The data set.")
  private String dataSet;

  @Option(
      names = "--tables-only",
      description =
          "Leaves the database name out of the script, so that it can be loaded into any "
              + "database.")
  private boolean tablesOnly;

  @Mixin private ExportOptions options;
  @Mixin private DatabaseOptions database;

  ExportSqlCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    ExportTarget target = options.target(invocation);
    try (OpenDatabase open = database.open(invocation)) {
      SqlScriptExport export = new SqlScriptExport(open.connector());
      long rows =
          target.write(
              out -> {
                BufferedWriter writer = new BufferedWriter(new OutputStreamWriter(out, UTF_8));
                long written = export.write(dataSet, tablesOnly ? Into.ANY : Into.DATABASE, writer);
                writer.flush();
                return written;
              });
      print(rows, target);
    }
    return ExitCode.DONE;
  }

  private void print(long rows, ExportTarget target) {
    if (options.printsJson()) {
      String file = target.file().orElseThrow().toString();
      invocation
          .console()
          .out()
          .println(
              new ObjectMapper()
                  .createObjectNode()
                  .put("database", dataSet)
                  .put("file", file)
                  .put("rows", rows)
                  .toString());
      return;
    }
    Channel err = invocation.console().messages();
    err.println(
        err.paint(Style.GREEN, "✓")
            + String.format(
                Locale.ROOT,
                " %,d %s of %s%s",
                rows,
                rows == 1 ? "row" : "rows",
                dataSet,
                target.file().map(file -> " in " + file).orElse("")));
  }
}
