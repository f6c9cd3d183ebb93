package org.seeql.cli.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seeql.cli.console.Console;
import org.seeql.cli.console.ProgressDisplay;
import org.seeql.cli.console.RunDisplay;
import org.seeql.database.embedded.EmbeddedDatabase;
import org.seeql.job.SeeqlSession;
import org.seeql.job.SessionOptions;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.plan.ProgramCatalog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "demo",
    description = {
      "Demonstrates SeeQL: starts a database, registers pictures and models, runs "
          + "statements, and writes an HTML page that shows the pictures with the detected objects.",
      "It writes only to --data-dir, and it can be run again."
    })
final class DemoCommand implements Callable<Integer> {
  private final Invocation invocation;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "The folder of its database. Default: seeql-demo in XDG_DATA_HOME or ~/.local/share.")
  private String dataDirectory;

  @Option(names = "--no-open", description = "Does not open the page in the browser.")
  private boolean staysClosed;

  DemoCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    DemoFiles files = DemoFiles.find(invocation);
    Path data =
        dataDirectory == null
            ? invocation.dataHome().resolve("seeql-demo")
            : invocation.resolve(dataDirectory);
    Console console = invocation.console();
    ProgressDisplay progress = new ProgressDisplay(console.messages());
    progress.doing("starting the database");
    invocation.interruption().watch();
    long started = System.nanoTime();
    try (LocalSpark spark = new LocalSpark("local[*]", Map.of()).begin();
        OpenDatabase database =
            invocation
                .interruption()
                .whole(() -> OpenDatabase.embedded(EmbeddedDatabase.start(data)));
        SeeqlSession session = session(database, spark, files, progress)) {
      DemoTour tour = new DemoTour(console, progress, session, data);
      progress.clear();
      tour.heading("SeeQL: vision models over the images of a database, in SQL");
      console.out().println();
      tour.ready("database", "MariaDB in " + data, started);
      tour.prepare(database, files);
      String runId = tour.run();
      Path page = tour.report(database, runId, data);
      tour.printNextSteps(page, data);
      if (!staysClosed && PageOpener.isPossible(invocation)) {
        PageOpener.open(page);
      }
    } finally {
      progress.clear();
    }
    return ExitCode.DONE;
  }

  private SeeqlSession session(
      OpenDatabase database, LocalSpark spark, DemoFiles files, ProgressDisplay progress) {
    return new SeeqlSession(
        database.connector(),
        spark,
        new SessionOptions(
            OptionSet.NONE,
            ProgramCatalog.standard(),
            files.root(),
            invocation.cacheHome().resolve("models")),
        new RunDisplay(progress));
  }
}
