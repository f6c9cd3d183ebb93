package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.seeql.database.ledger.FileTarget;
import org.seeql.job.sink.ParquetFolder;
import org.seeql.planner.option.ResultShape;
import org.seeql.planner.option.WriteMode;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.statement.TableName;

/** Checks a folder of Parquet files as the target of a run. For one statement. */
final class FolderCheck {
  private final Consumer<String> problems;

  FolderCheck(Consumer<String> problems) {
    this.problems = requireNonNull(problems, "problems is null");
  }

  /** The name of the folder; empty if it is refused. */
  Optional<TableName> resolve(TableName written, InferencePlan plan) {
    boolean isSupported =
        switch (plan.kind()) {
          case RUN, PREDICT -> true;
          case EVALUATE, EXPLAIN, FIND, TRAIN -> false;
        };
    if (!isSupported) {
      problems.accept(
          "Cannot write into Parquet files: only TO RUN and TO PREDICT do; write INTO a table, and use seeql export TABLE --to FILE.parquet");
      return Optional.empty();
    }
    if (plan.options().onlyNew()) {
      problems.accept(
          "Cannot use only_new with Parquet files: SeeQL does not record which images they have; write INTO a table, or select the new images");
    }
    if (plan.options().result() == ResultShape.WIDE) {
      problems.accept(
          "Cannot use result=wide with Parquet files; use --result=long or --result=image, or write INTO a table");
    }
    Optional<FileTarget> target = FileTarget.find(written);
    if (target.isEmpty()) {
      problems.accept(
          "Invalid folder of INTO parquet.`…`: %s (an absolute path, without a scheme, of a folder that the driver and all executors share)"
              .formatted(written.name()));
      return Optional.empty();
    }
    Path folder = target.get().folder();
    if (folder.toString().length() > FileTarget.LONGEST_PATH) {
      problems.accept(
          "The target's path has %d characters (at most %d): %s"
              .formatted(folder.toString().length(), FileTarget.LONGEST_PATH, folder));
      return Optional.empty();
    }
    Path parent = folder.getParent();
    if (!Files.isDirectory(parent) || !Files.isWritable(parent)) {
      problems.accept(
          "Cannot write the target %s: %s is not a folder that may be written to"
              .formatted(folder, parent));
      return Optional.empty();
    }
    return Optional.of(target.get().name());
  }

  /** The write mode for the folder. Reports problems if it cannot be written. */
  WriteMode mode(TableName name, InferencePlan plan) {
    Optional<WriteMode> requested = plan.options().mode();
    // The target is the only part of the run that is known yet.
    ParquetFolder folder =
        new ParquetFolder(FileTarget.find(name).orElseThrow().folder(), "checked");
    if (!folder.targetExists()) {
      checkReplacement(folder);
      return requested.orElse(WriteMode.ERROR);
    }
    WriteMode mode = requested.orElse(WriteMode.OVERWRITE);
    if (!Files.isDirectory(folder.target())) {
      problems.accept("The target %s is not a folder".formatted(folder.target()));
      return mode;
    }
    if (mode == WriteMode.ERROR) {
      problems.accept(
          "Folder %s exists, and mode=error; use --mode=append or --mode=overwrite, or delete the folder"
              .formatted(folder.target()));
    }
    checkContent(folder, requested);
    return mode;
  }

  /** While the target is away, a new folder would take its place. */
  private void checkReplacement(ParquetFolder folder) {
    try {
      folder
          .findUnfinishedReplacement()
          .ifPresent(
              run ->
                  problems.accept(
                      "Run %s has not finished the replacement of %s; wait until it ends, continue it with seeql run --resume, or undo it with seeql runs rm"
                          .formatted(run, folder.target())));
    } catch (IOException e) {
      problems.accept("Cannot read the folder %s: %s".formatted(folder.target(), e));
    }
  }

  /** Only files of tables are replaced, and only they can be read together with new ones. */
  private void checkContent(ParquetFolder folder, Optional<WriteMode> requested) {
    try {
      if (requested.isEmpty() && !folder.isWrittenByRun()) {
        problems.accept(
            "Folder %s exists and contains files that no run of SeeQL wrote; use --mode=append or --mode=overwrite"
                .formatted(folder.target()));
      }
      List<Path> foreign = folder.foreignFiles();
      if (!foreign.isEmpty()) {
        problems.accept(
            "Cannot write into %s: it contains %s, which does not belong to Parquet files; choose another folder"
                .formatted(folder.target(), foreign.get(0).getFileName()));
      }
    } catch (IOException e) {
      problems.accept("Cannot read the folder %s: %s".formatted(folder.target(), e));
    }
  }
}
