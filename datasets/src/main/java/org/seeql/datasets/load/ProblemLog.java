package org.seeql.datasets.load;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.seeql.datasets.record.Problem;
import org.seeql.datasets.record.Section;

/** Counts problems, keeps the first few, and forwards all of them to a listener. */
final class ProblemLog {
  private final Consumer<Problem> listener;
  private final Map<Problem.Kind, Long> kinds = new EnumMap<>(Problem.Kind.class);
  private final Map<Section, Long> sections = new EnumMap<>(Section.class);
  private final List<Problem> first = new ArrayList<>();
  private long count;
  private final List<Problem> firstMissing = new ArrayList<>();
  private long missingFiles;

  ProblemLog(Consumer<Problem> listener) {
    this.listener = requireNonNull(listener, "listener is null");
  }

  void add(Problem problem) {
    count++;
    kinds.merge(problem.kind(), 1L, Long::sum);
    sections.merge(problem.section(), 1L, Long::sum);
    keep(first, problem);
  }

  /**
   * Adds an image whose file does not exist. The image is still imported, because its row is valid.
   */
  void addMissingFile(Problem problem) {
    missingFiles++;
    keep(firstMissing, problem);
  }

  private void keep(List<Problem> examples, Problem problem) {
    if (examples.size() < DataSetSummary.MAX_EXAMPLES) {
      examples.add(problem);
    }
    listener.accept(problem);
  }

  /** The first problems that left out records, then the first missing files. */
  List<Problem> examples() {
    return Stream.concat(first.stream(), firstMissing.stream())
        .limit(DataSetSummary.MAX_EXAMPLES)
        .toList();
  }

  long missingFiles() {
    return missingFiles;
  }

  long count() {
    return count;
  }

  Map<Problem.Kind, Long> kinds() {
    return kinds;
  }

  long of(Section section) {
    return sections.getOrDefault(section, 0L);
  }

  List<Problem> first() {
    return first;
  }
}
