package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.seeql.database.ledger.SelectColumns;
import org.seeql.database.ledger.SelectText;
import org.seeql.planner.plan.RunOptions;

/** Checks the images of a Spark frame, whose columns are known in advance. */
final class FrameCheck implements ImagesCheck {
  /** Image paths are absolute. */
  private static final String ANYWHERE = "";

  private final SelectColumns columns;
  private final Path baseDirectory;
  private final BooleanSupplier sparkIsLocal;
  private final Consumer<String> problems;

  FrameCheck(
      List<String> columns,
      Path baseDirectory,
      BooleanSupplier sparkIsLocal,
      Consumer<String> problems) {
    this.columns = new SelectColumns(columns, Optional.empty());
    this.baseDirectory = requireNonNull(baseDirectory, "baseDirectory is null");
    this.sparkIsLocal = requireNonNull(sparkIsLocal, "sparkIsLocal is null");
    this.problems = requireNonNull(problems, "problems is null");
  }

  /** Returns no tables: they belong to Spark, and the database does not know them. */
  @Override
  public SelectText text(String select) {
    return new SelectText(List.of(), true);
  }

  @Override
  public Optional<SelectColumns> columns(String select, SelectText text) {
    for (String duplicate : columns.duplicates()) {
      problems.accept(
          "The SELECT has two columns '%s'; give one of them another name with AS"
              .formatted(duplicate));
    }
    return Optional.of(columns);
  }

  @Override
  public Optional<String> imageRoot(
      RunOptions options, SelectText text, Optional<SelectColumns> selected) {
    return options.imageDir().isEmpty()
        ? Optional.of(ANYWHERE)
        : SelectionCheck.located(options.imageDir().get(), baseDirectory, problems);
  }

  @Override
  public OptionalLong count(String select) {
    return OptionalLong.empty();
  }

  @Override
  public void checkDevice(RunOptions options) {
    SelectionCheck.checkDevice(options, sparkIsLocal, problems);
  }
}
