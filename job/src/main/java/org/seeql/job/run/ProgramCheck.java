package org.seeql.job.run;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.SystemSchema;
import org.seeql.job.SessionOptions;
import org.seeql.job.model.ModelRepository;
import org.seeql.planner.plan.PlanningException;
import org.seeql.planner.statement.CreateModelStatement;
import org.seeql.planner.statement.DropModelStatement;
import org.seeql.planner.statement.ExplainPlanStatement;
import org.seeql.planner.statement.SqlStatement;
import org.seeql.planner.statement.Statement;
import org.seeql.planner.statement.TrainStatement;
import org.seeql.udf.InferenceException;

/**
 * Checks all statements of a program before the first one is executed. What earlier statements
 * create is not checked: their tables are unknown, and their models count as registered.
 */
public final class ProgramCheck {
  private static final String NOTHING_DONE = "No statement of the program was executed";

  private final List<Statement> statements;
  private final SessionOptions options;

  public ProgramCheck(List<Statement> statements, SessionOptions options) {
    this.statements = List.copyOf(statements);
    this.options = requireNonNull(options, "options is null");
  }

  /**
   * Checks what can be checked without a database: options, values, and the names of programs,
   * methods and estimators.
   *
   * @throws RefusalException if the only statement is refused
   * @throws PlanningException with the problems of all statements
   */
  public void withoutDatabase() {
    List<RuntimeException> refusals = new ArrayList<>();
    for (Statement statement : statements) {
      try {
        check(statement);
      } catch (PlanningException e) {
        refusals.add(e);
      } catch (RefusalException | InferenceException e) {
        refusals.add(statements.size() == 1 ? e : located(statement, e));
      }
    }
    refuse(refusals);
  }

  private static RefusalException located(Statement statement, RuntimeException refusal) {
    return new RefusalException(
        "Cannot execute the statement at %s: %s"
            .formatted(statement.position(), refusal.getMessage()),
        refusal);
  }

  private void check(Statement statement) {
    if (statement instanceof ExplainPlanStatement explain
        && explain.extent() == ExplainPlanStatement.Extent.PLAN) {
      Explainer.plan(explain.statement(), options);
    } else if (statement.subject() instanceof CreateModelStatement creation) {
      ModelRepository.checkOptions(creation);
    } else {
      statement
          .subject()
          .findSelecting()
          .ifPresent(selecting -> Explainer.plan(selecting, options));
    }
  }

  /** Whether the program names models that {@link #models} can look up before it starts. */
  public boolean namesModels() {
    return statements.size() > 1
        && statements.stream().anyMatch(statement -> !(statement instanceof SqlStatement));
  }

  /**
   * Checks that every model that a statement names is registered, or created by an earlier
   * statement.
   *
   * @throws PlanningException with the problems of all statements
   */
  public void models(ModelRepository models) throws SQLException {
    Map<String, Boolean> changed = new HashMap<>();
    List<RuntimeException> refusals = new ArrayList<>();
    for (Statement statement : statements) {
      if (statement instanceof SqlStatement sql && mayChangeModels(sql)) {
        break;
      }
      Optional<String> name = used(statement);
      if (name.isPresent() && !isRegistered(name.get(), changed, models)) {
        refusals.add(
            new PlanningException(statement.position(), List.of(models.unknown(name.get()))));
      }
      if (statement instanceof CreateModelStatement creation) {
        changed.put(creation.model().plain(), true);
      } else if (statement instanceof DropModelStatement dropping) {
        changed.put(dropping.model().plain(), false);
      } else if (statement instanceof TrainStatement training) {
        changed.put(training.model().plain(), true);
      }
    }
    refuse(refusals);
  }

  private static boolean isRegistered(
      String name, Map<String, Boolean> changed, ModelRepository models) throws SQLException {
    Boolean known = changed.get(name);
    return known == null ? models.find(name).isPresent() : known;
  }

  /** The model of a run. TO FIND and USING AUTO choose their models when they are executed. */
  private Optional<String> used(Statement statement) {
    return statement
        .subject()
        .findSelecting()
        .map(selecting -> Explainer.plan(selecting, options).run().model())
        .filter(name -> !name.isEmpty());
  }

  /** A program may restore SeeQL's own tables. */
  private static boolean mayChangeModels(SqlStatement sql) {
    return sql.sql().toLowerCase(Locale.ROOT).contains(SystemSchema.DATABASE);
  }

  private void refuse(List<RuntimeException> refusals) {
    if (refusals.isEmpty()) {
      return;
    }
    if (statements.size() == 1) {
      throw refusals.get(0);
    }
    StringBuilder message = new StringBuilder();
    refusals.forEach(refusal -> message.append(refusal.getMessage()).append('\n'));
    throw new PlanningException(message + NOTHING_DONE);
  }
}
