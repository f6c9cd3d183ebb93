package org.seeql.cli.command;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.seeql.launcher.manifest.SubmissionException;

/** Values of options whose problems are reported together. */
final class Collected {
  private Collected() {}

  /** Builds a value. If it is refused, adds the problems and returns empty. */
  static <T> Optional<T> of(List<String> problems, Supplier<T> made) {
    try {
      return Optional.of(made.get());
    } catch (SubmissionException e) {
      problems.addAll(e.problems());
      return Optional.empty();
    }
  }
}
