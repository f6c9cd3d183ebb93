package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.ImageRoots;
import org.seeql.database.ledger.SelectColumns;
import org.seeql.database.ledger.SelectText;
import org.seeql.job.inference.Devices;
import org.seeql.job.inference.ImageLocation;
import org.seeql.planner.option.DeviceChoice;
import org.seeql.planner.plan.RunOptions;
import org.seeql.planner.statement.TableName;

/** Checks the images of a run that selects them in the database. For one statement. */
final class SelectionCheck implements ImagesCheck {
  private final DatabaseSession session;
  private final Optional<String> database;
  private final Path baseDirectory;
  private final BooleanSupplier sparkIsLocal;
  private final Consumer<String> problems;

  /**
   * Checks selections over what a session sees.
   *
   * @param database the database of tables that are named without one
   * @param sparkIsLocal whether models run on this machine
   */
  SelectionCheck(
      DatabaseSession session,
      Optional<String> database,
      Path baseDirectory,
      BooleanSupplier sparkIsLocal,
      Consumer<String> problems) {
    this.session = requireNonNull(session, "session is null");
    this.database = requireNonNull(database, "database is null");
    this.baseDirectory = requireNonNull(baseDirectory, "baseDirectory is null");
    this.sparkIsLocal = requireNonNull(sparkIsLocal, "sparkIsLocal is null");
    this.problems = requireNonNull(problems, "problems is null");
  }

  @Override
  public SelectText text(String select) throws SQLException {
    return SelectText.parse(session, select);
  }

  @Override
  public Optional<SelectColumns> columns(String select, SelectText text) throws SQLException {
    try {
      SelectColumns columns = SelectColumns.of(session, select);
      for (String duplicate : columns.duplicates()) {
        problems.accept(
            "The SELECT has two columns '%s'; give one of them another name with AS"
                .formatted(duplicate));
      }
      return Optional.of(columns);
    } catch (SQLException e) {
      if (DatabaseErrors.isConnectionLost(e)) {
        throw e;
      }
      problems.accept(
          "The database refuses the SELECT: "
              + DatabaseErrors.message(e)
              + MissingTables.explain(session, text.tables(), database)
                  .map(cure -> ". " + cure)
                  .orElse(""));
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> imageRoot(
      RunOptions options, SelectText text, Optional<SelectColumns> columns) throws SQLException {
    if (columns.isEmpty() && options.imageDir().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> requested = options.imageDir();
    List<String> roots =
        requested.isPresent()
            ? List.of(requested.get())
            : ImageRoots.find(session, text.tables(), database);
    if (roots.isEmpty()) {
      problems.accept(
          "No image root is known for %s: use --image_dir=FOLDER, or register the folder with `seeql import folder`"
              .formatted(tables(text)));
      return Optional.empty();
    }
    if (roots.size() > 1) {
      problems.accept(
          "The tables of the SELECT have different image roots (%s): use --image_dir=FOLDER"
              .formatted(String.join(", ", roots)));
      return Optional.empty();
    }
    return located(roots.get(0), baseDirectory, problems);
  }

  static Optional<String> located(String root, Path baseDirectory, Consumer<String> problems) {
    try {
      return Optional.of(ImageLocation.root(root, baseDirectory));
    } catch (IOException e) {
      problems.accept("Cannot use the image root %s: %s".formatted(root, ImageLocation.reason(e)));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      problems.accept(
          "Cannot use the image root %s: it is neither a path nor a URI (%s)"
              .formatted(root, e.getMessage()));
      return Optional.empty();
    }
  }

  private static String tables(SelectText text) {
    return text.tables().isEmpty()
        ? "this SELECT"
        : String.join(", ", text.tables().stream().map(TableName::toString).toList());
  }

  @Override
  public OptionalLong count(String select) throws SQLException {
    return session
        .findFirst(
            "SELECT COUNT(*) FROM (" + select + "\n) AS seeql_selected",
            row -> OptionalLong.of(row.getLong(1)))
        .orElseThrow();
  }

  @Override
  public void checkDevice(RunOptions options) {
    checkDevice(options, sparkIsLocal, problems);
  }

  static void checkDevice(
      RunOptions options, BooleanSupplier sparkIsLocal, Consumer<String> problems) {
    if (options.device() == DeviceChoice.GPU && !Devices.hasGpu() && sparkIsLocal.getAsBoolean()) {
      problems.accept(
          "Cannot use device=gpu: this machine has no GPU; use --device=auto or --device=cpu");
    }
  }
}
