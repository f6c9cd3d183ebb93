package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.FileTarget;
import org.seeql.database.ledger.RequestFingerprint;
import org.seeql.database.ledger.SelectColumns;
import org.seeql.database.ledger.SelectText;
import org.seeql.job.model.ModelRepository;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.plan.PlanningException;
import org.seeql.planner.statement.TableName;

/** The connections, the problems and the checks that all clauses have. For one statement. */
final class CheckScope {
  private final List<String> problems = new ArrayList<>();
  private final DatabaseSession session;
  private final ModelRepository repository;
  private final Optional<String> database;
  private final ImagesCheck images;
  private final Optional<RightsCheck> rights;

  /**
   * The scope of a statement.
   *
   * @param database the database of tables that are named without one
   * @param writer the connections over which the run writes; empty if its rows only go to Spark
   */
  CheckScope(
      DatabaseSession session,
      ModelRepository repository,
      Optional<String> database,
      Optional<DatabaseConnector> writer,
      ImagesCheckFactory images) {
    this.session = requireNonNull(session, "session is null");
    this.repository = requireNonNull(repository, "repository is null");
    this.database = requireNonNull(database, "database is null");
    this.rights = writer.map(connector -> new RightsCheck(connector, problems::add));
    this.images = images.reportingTo(problems::add);
  }

  /** Creates the check of the images, with the receiver of its problems. */
  interface ImagesCheckFactory {
    ImagesCheck reportingTo(Consumer<String> problems);
  }

  DatabaseSession session() {
    return session;
  }

  ModelRepository repository() {
    return repository;
  }

  ModelCheck models() {
    return new ModelCheck(repository, problems());
  }

  ImagesCheck images() {
    return images;
  }

  LayoutCheck layouts() {
    return new LayoutCheck(problems::add);
  }

  RequestFingerprints fingerprints() {
    return new RequestFingerprints(repository);
  }

  TargetCheck targets(SelectText text) {
    return new TargetCheck(session, database, text, problems::add);
  }

  /** Receives the problems of the statement. */
  Consumer<String> problems() {
    return problems::add;
  }

  /** Finds the image root, and checks that the requested device is present. */
  Optional<String> imageRoot(InferencePlan plan, SelectText text, Optional<SelectColumns> columns)
      throws SQLException {
    Optional<String> root = images.imageRoot(plan.options(), text, columns);
    images.checkDevice(plan.options());
    return root;
  }

  /** The tables that are known with their database. */
  List<TableName> complete(List<TableName> tables) {
    return tables.stream()
        .flatMap(t -> t.database().or(() -> database).map(d -> TableName.of(d, t.name())).stream())
        .toList();
  }

  /**
   * Checks the privileges that the run needs, unless the target is refused anyway.
   *
   * @param target what the run writes; empty if its rows are only shown, or if the target is
   *     refused
   */
  void checkRights(InferencePlan plan, Optional<RightsCheck.Target> target) throws SQLException {
    checkRights(plan, target.stream().toList());
  }

  /**
   * Checks the privileges that the run needs, unless the targets are refused anyway.
   *
   * @param targets what the run writes; empty if its rows are only shown, or if the target is
   *     refused
   */
  void checkRights(InferencePlan plan, List<RightsCheck.Target> targets) throws SQLException {
    boolean isTable = plan.target().filter(t -> !FileTarget.isWritten(t)).isPresent();
    if (rights.isPresent() && (!targets.isEmpty() || !isTable)) {
      rights.get().check(plan.options(), targets);
    }
  }

  /**
   * Checks whether a run with {@code only_new} can extend its target.
   *
   * @param fingerprint empty if the request is not known because of other problems
   * @return the fingerprint, if the run has a target table
   */
  Optional<RequestFingerprint> checkOnlyNew(
      InferencePlan plan, Optional<TableName> table, Optional<RequestFingerprint> fingerprint)
      throws SQLException {
    if (table.filter(FileTarget::isWritten).isPresent()) {
      return Optional.empty(); // FolderCheck refuses only_new
    }
    if (fingerprint.isPresent() && plan.options().onlyNew()) {
      OnlyNewCheck check = new OnlyNewCheck(session, problems::add);
      check.checkTarget(plan.target());
      if (table.isPresent()) {
        check.check(table.get(), fingerprint.get());
      }
    }
    return table.isPresent() ? fingerprint : Optional.empty();
  }

  /**
   * Ends the checks.
   *
   * @throws PlanningException with all problems that were reported
   */
  void refuseProblems(InferencePlan plan) {
    if (!problems.isEmpty()) {
      throw new PlanningException(plan.position(), problems);
    }
  }
}
