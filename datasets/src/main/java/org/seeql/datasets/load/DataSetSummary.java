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
 * What came of an import.
 *
 * @param root where the images of the database lie
 * @param counts of licences, categories, images and annotations
 * @param problems how many records were left out, by reason
 * @param missingFiles how many images have no file; they are not left out
 * @param examples the first of all these, at most {@link #MOST_EXAMPLES}
 */
public record DataSetSummary(
    String database,
    String root,
    Map<Section, Counts> counts,
    Map<Problem.Kind, Long> problems,
    long missingFiles,
    List<Problem> examples,
    Duration duration) {

  public static final int MOST_EXAMPLES = 10;

  /**
   * How many records.
   *
   * @param added that are new in the table
   * @param known that were there already
   * @param skipped that were left out
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
