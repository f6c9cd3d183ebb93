package org.seeql.chaos.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.job.RunListener;
import org.seeql.job.SeeqlSession;
import org.seeql.job.SessionOptions;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.parser.ProgramParser;
import org.seeql.planner.plan.PlanningException;
import org.seeql.planner.plan.ProgramCatalog;
import org.seeql.udf.InferenceException;

/**
 * A process that registers models. It reads one statement per line and answers with one line. A
 * model that crashes its process crashes only this one.
 */
public final class ModelWorker {
  static final String ACCEPTED = "accepted";
  static final String REFUSED = "refused ";
  static final String FAILED = "failed ";

  private ModelWorker() {}

  /**
   * Answers until the input ends.
   *
   * @param arguments the URL and user of the database, and the folder of the model cache; the
   *     password is in SEEQL_DATABASE_PASSWORD
   */
  public static void main(String[] arguments) throws IOException {
    // output of a model or a library is not an answer
    PrintStream answers = System.out;
    System.setOut(System.err);
    BufferedReader statements =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    DatabaseConnector connector =
        new DatabaseConnector(arguments[0], arguments[1], System.getenv("SEEQL_DATABASE_PASSWORD"));
    SessionOptions options =
        new SessionOptions(
            OptionSet.NONE, ProgramCatalog.standard(), Path.of(""), Path.of(arguments[2]));
    try (SeeqlSession session =
        new SeeqlSession(
            connector,
            () -> {
              throw new IllegalStateException("CREATE MODEL needs no Spark");
            },
            options,
            RunListener.NONE)) {
      for (String sql = statements.readLine(); sql != null; sql = statements.readLine()) {
        answers.println(answer(session, sql));
        answers.flush();
      }
    }
  }

  private static String answer(SeeqlSession session, String sql) {
    try {
      ProgramParser.parse(sql).statements().forEach(session::execute);
      return ACCEPTED;
    } catch (RefusalException | PlanningException | InferenceException e) {
      return REFUSED + oneLine(e.getMessage());
    } catch (RuntimeException | Error e) {
      return FAILED + oneLine(e.toString());
    }
  }

  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}]+", " / ");
  }
}
