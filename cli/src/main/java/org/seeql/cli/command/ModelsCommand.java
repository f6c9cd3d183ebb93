package org.seeql.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.seeql.job.RunListener;
import org.seeql.job.SeeqlSession;
import org.seeql.job.SessionOptions;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.plan.ProgramCatalog;
import org.seeql.planner.statement.Statement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code seeql models}: the same as {@code SHOW MODELS}. */
@Command(name = "models", description = "Lists the registered models, as SHOW MODELS does.")
final class ModelsCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Mixin private RowOutput rows;
  @Mixin private DatabaseOptions database;

  ModelsCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Statement statement = ProgramParser.parse("SHOW MODELS").statements().get(0);
    SessionOptions options =
        new SessionOptions(
            OptionSet.NONE,
            ProgramCatalog.standard(),
            invocation.directory(),
            invocation.cacheHome().resolve("models"));
    try (OpenDatabase open = database.open(invocation);
        SeeqlSession session =
            new SeeqlSession(open.connector(), ModelsCommand::noSpark, options, RunListener.NONE)) {
      return rows.write(
          invocation,
          console -> {
            new ResultPrinter(console, rows.format(), List.of()).print(session.execute(statement));
            return ExitCode.DONE;
          });
    }
  }

  private static org.apache.spark.sql.SparkSession noSpark() {
    throw new IllegalStateException("SHOW MODELS needs no Spark");
  }
}
