package org.seeql.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seeql.cli.console.Channel;
import org.seeql.cli.console.Console;
import org.seeql.cli.console.HighlightedSql;
import org.seeql.cli.console.ProgressDisplay;
import org.seeql.cli.console.RowFormat;
import org.seeql.cli.console.Style;
import org.seeql.cli.report.RunReport;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.job.SeeqlSession;
import org.seeql.job.StatementResult;
import org.seeql.job.StatementResult.RunSummary;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.statement.Statement;

/** The tour of {@code seeql demo}. */
final class DemoTour {

  /** A statement of the tour, and a query that shows part of its result. */
  private record Chapter(String title, String sql, Optional<String> query) {}

  private static final List<Chapter> CHAPTERS =
      List.of(
          new Chapter(
              "Detect objects in the pictures",
              """
              SELECT * FROM demo.images
              TO RUN seeql/vision CMD "detect", "--model=sentinel", "--confidence=0.4"
              INTO demo.objects
              """,
              Optional.of(
                  """
                  SELECT file_name, label, score, ROUND(x_min) AS x_min, ROUND(y_min) AS y_min,
                         ROUND(x_max) AS x_max, ROUND(y_max) AS y_max
                  FROM demo.objects ORDER BY score DESC LIMIT 5
                  """)),
          new Chapter(
              "Classify the places",
              """
              SELECT image_id, file_name FROM demo.images
              TO PREDICT demo.places.place USING places
              """,
              Optional.of("SELECT * FROM demo.places ORDER BY place_score LIMIT 5")),
          new Chapter(
              "Query the predictions in plain SQL",
              """
              SELECT p.place,
                     COUNT(DISTINCT p.image_id) AS pictures,
                     COUNT(DISTINCT IF(p.place = JSON_VALUE(i.extra, '$.scene'), p.image_id, NULL)) AS correct,
                     COALESCE(SUM(o.label = 'person'), 0) AS people,
                     COALESCE(SUM(o.label IN ('bird', 'cat', 'dog', 'horse', 'sheep')), 0) AS animals,
                     COALESCE(SUM(o.label IN ('bicycle', 'car', 'bus', 'truck', 'boat')), 0) AS vehicles
              FROM demo.places p
              JOIN demo.images i ON i.image_id = p.image_id
              LEFT JOIN demo.objects o ON o.image_id = p.image_id
              GROUP BY p.place
              ORDER BY p.place
              """,
              Optional.empty()),
          new Chapter(
              "Find pictures: SeeQL chooses the models for each picture",
              """
              EXPLAIN ANALYZE SELECT image_id, file_name FROM demo.images
              TO FIND (person AND dog) OR ('traffic light' AND NOT car)
              WITH min_f1 = 0.9
              INTO demo.matches
              """,
              Optional.of(
                  "SELECT image_id, file_name FROM demo.matches ORDER BY image_id LIMIT 3")));

  /** Three cheap models with few classes each, and one expensive model with all classes. */
  private static final List<String> MEASURED = List.of("people", "animals", "vehicles", "sentinel");

  private final Channel out;
  private final String program;
  private final ResultPrinter results;
  private final ProgressDisplay progress;
  private final SeeqlSession session;

  DemoTour(Console console, ProgressDisplay progress, SeeqlSession session, Path data) {
    this.out = console.out();
    this.program = console.program();
    this.results =
        new ResultPrinter(
            new Console(console.in(), console.out(), console.out()).calledBy(console.program()),
            RowFormat.TABLE,
            List.of("--data-dir", ShellText.word(data.toString())));
    this.progress = progress;
    this.session = session;
  }

  /** Registers the pictures, their annotations and the models. */
  void prepare(OpenDatabase database, DemoFiles files) {
    long started = System.nanoTime();
    DatabaseConnector connector = database.connector();
    long shown =
        DemoTables.load(
            connector,
            DemoTables.SHOW,
            files.pictures("show"),
            files.annotations("show"),
            progress);
    long profile =
        DemoTables.load(
            connector,
            DemoTables.PROFILE,
            files.pictures("profile"),
            files.annotations("profile"),
            progress);
    ready(
        "pictures",
        String.format(
            Locale.ROOT,
            "%,d in %s.images to search, %,d in %s.images to evaluate the models",
            shown,
            DemoTables.SHOW,
            profile,
            DemoTables.PROFILE),
        started);
    started = System.nanoTime();
    List<Statement> models =
        ProgramParser.parse(ProgramSource.ofFile(files.models()).text()).statements();
    for (Statement model : models) {
      progress.doing("registering models");
      session.execute(model);
    }
    progress.clear();
    ready("models", models.size() + " registered: SHOW MODELS lists them", started);
    measure();
  }

  private void measure() {
    long started = System.nanoTime();
    for (String model : MEASURED) {
      String sql =
          "SELECT * FROM %1$s.images TO EVALUATE %2$s INTO %1$s.%2$s"
              .formatted(DemoTables.PROFILE, model);
      session.execute(ProgramParser.parse(sql).statements().get(0));
      progress.clear();
    }
    ready(
        "profiles",
        "%s evaluated on %s.images".formatted(String.join(", ", MEASURED), DemoTables.PROFILE),
        started);
  }

  void ready(String what, String detail, long started) {
    out.println(
        out.paint(Style.GREEN, "✓")
            + String.format(Locale.ROOT, " %-9s", what)
            + detail
            + out.paint(Style.DIM, String.format(Locale.ROOT, "  %.1f s", secondsSince(started))));
  }

  /**
   * Runs the statements.
   *
   * @return the run id of the first statement, whose result has pictures to display
   */
  String run() {
    Optional<String> first = Optional.empty();
    for (int i = 0; i < CHAPTERS.size(); i++) {
      Chapter chapter = CHAPTERS.get(i);
      heading((i + 1) + "  " + chapter.title());
      Optional<String> runId = execute(chapter.sql());
      chapter.query().ifPresent(this::execute);
      first = first.or(() -> runId);
    }
    return first.orElseThrow();
  }

  private Optional<String> execute(String sql) {
    String text = sql.strip() + ";";
    out.println();
    text.lines().forEach(line -> out.println("  " + HighlightedSql.of(line, out)));
    out.println();
    Optional<String> runId = Optional.empty();
    for (Statement statement : ProgramParser.parse(text).statements()) {
      StatementResult result = session.execute(statement);
      progress.clear();
      results.print(result);
      if (result instanceof RunSummary run) {
        runId = Optional.of(run.runId());
      }
    }
    return runId;
  }

  /** Writes the HTML page of a run. */
  Path report(OpenDatabase database, String runId, Path folder) {
    Path page = folder.resolve("seeql-" + runId + ".html");
    RunReport.write(database.connector(), runId, page);
    return page;
  }

  void printNextSteps(Path page, Path data) {
    heading("Results");
    out.println();
    out.println("  the pictures with the detected objects   " + link(page.toUri().toString()));
    out.println("  the database with all results            " + link(data.toString()));
    heading("Next steps");
    out.println();
    String run = program + " run --data-dir " + ShellText.word(data.toString()) + " -e ";
    suggest("the models", run + "\"SHOW MODELS\"");
    suggest(
        "another model, on some of the pictures",
        run
            + "\"SELECT * FROM demo.images WHERE file_name LIKE 'street%' TO RUN seeql/vision CMD"
            + " 'detect', '--model=vehicles' INTO demo.vehicles\"");
    suggest(
        "your own pictures",
        program
            + " import folder ~/Pictures --into my.pictures --data-dir "
            + ShellText.word(data.toString()));
  }

  private void suggest(String what, String command) {
    out.println("  " + out.paint(Style.DIM, "# " + what));
    out.println("  " + out.paint(Style.CYAN, command));
  }

  void heading(String text) {
    out.println();
    int width = Math.min(out.width(), 100);
    String rule = "─".repeat(Math.max(3, width - text.length() - 5));
    out.println(
        out.paint(Style.DIM, "──")
            + " "
            + out.paint(Style.BOLD, text)
            + " "
            + out.paint(Style.DIM, rule));
  }

  private String link(String text) {
    return out.paint(Style.CYAN, text);
  }

  private static double secondsSince(long started) {
    return Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0;
  }
}
