package org.seeql.datasets.load;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.seeql.datasets.record.Problem;
import org.seeql.datasets.record.Section;

/**
 * The outcome of an import.
 *
 * @param root the image root of the database
 * @param counts of licences, categories, images and annotations
 * @param problems the number of records that were left out, by reason
 * @param missingFiles the number of images without a file; they are not left out
 * @param examples the first of all problems, at most {@link #MAX_EXAMPLES}
 */
public record DataSetSummary(
    String database,
    String root,
    Map<Section, Counts> counts,
    Map<Problem.Kind, Long> problems,
    long missingFiles,
    List<Problem> examples,
    Duration duration) {

  public static final int MAX_EXAMPLES = 10;

  /**
   * Numbers of records.
   *
   * @param added records that are new in the table
   * @param known records that the table already contained
   * @param skipped records that were left out
   */
  public record Counts(long added, long known, long skipped) {}

  public DataSetSummary {
    requireNonNull(database, "database is null");
    requireNonNull(root, "root is null");
    counts = Collections.unmodifiableMap(new EnumMap<>(counts));
    Map<Problem.Kind, Long> byKind = new EnumMap<>(Problem.Kind.class);
    byKind.putAll(problems);
    problems = Collections.unmodifiableMap(byKind);
    examples = List.copyOf(examples);
    requireNonNull(duration, "duration is null");
  }
}
