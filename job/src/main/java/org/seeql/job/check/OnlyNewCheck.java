package org.seeql.job.check;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.CompletedImageSets;
import org.seeql.database.ledger.CompletedImageSets.ImageSet;
import org.seeql.database.ledger.ExistingTable;
import org.seeql.database.ledger.RequestFingerprint;
import org.seeql.planner.plan.InferencePlan;
import org.seeql.planner.statement.TableName;

/**
 * Checks whether a run can infer only the images that its target does not have. For one statement.
 */
final class OnlyNewCheck {
  private final DatabaseSession session;
  private final Consumer<String> problems;

  OnlyNewCheck(DatabaseSession session, Consumer<String> problems) {
    this.session = requireNonNull(session, "session is null");
    this.problems = requireNonNull(problems, "problems is null");
  }

  /** Reports a run that names no target. */
  void checkTarget(Optional<TableName> target) {
    if (target.isEmpty()) {
      problems.accept(InferencePlan.ONLY_NEW_NEEDS_INTO);
    }
  }

  /** The completed images of the target must be known, and their settings must match this run's. */
  void check(TableName target, RequestFingerprint fingerprint) throws SQLException {
    List<ImageSet> sets = CompletedImageSets.of(session, target);
    Optional<ExistingTable> table =
        ExistingTable.find(session, target).filter(existing -> !existing.isView());
    if (table.isPresent()) {
      checkKnown(table.get(), sets);
    }
    sets.stream()
        .map(ImageSet::fingerprint)
        .filter(i -> i.request().equals(fingerprint.request()))
        .filter(i -> !i.settings().equals(fingerprint.settings()))
        .findFirst()
        .ifPresent(
            earlier ->
                problems.accept(
                    "Table %s has results of %s with %s, but this run would add results with %s; use the same options, write into another table, or replace this table with --mode=overwrite"
                        .formatted(
                            target,
                            fingerprint.request(),
                            differing(earlier.settings(), fingerprint.settings()),
                            differing(fingerprint.settings(), earlier.settings()))));
  }

  private void checkKnown(ExistingTable table, List<ImageSet> sets) throws SQLException {
    boolean isUnknown = sets.stream().anyMatch(ImageSet::isUnknown);
    if (!isUnknown && (!sets.isEmpty() || !CompletedImageSets.hasRows(session, table.name()))) {
      return;
    }
    if (!isUnknown && CompletedImageSets.hasEarlier(session, table)) {
      problems.accept(
          "Cannot determine which images %1$s has: it was altered or created again after runs recorded it; if its rows are still from these runs, execute UPDATE seeql.done_sets SET made_by = '%2$s' WHERE target_database = '%3$s' AND target_table = '%4$s' AND made_by LIKE '@%%', otherwise write into another table, or replace this table with --mode=overwrite"
              .formatted(
                  table.name(),
                  table.madeBy(),
                  table.name().database().orElseThrow(),
                  table.name().name()));
      return;
    }
    problems.accept(
        "Cannot determine which images %s has: no run recorded some of its rows; write into another table, or replace this table with --mode=overwrite"
            .formatted(table.name()));
  }

  private static String differing(
      SortedMap<String, String> settings, SortedMap<String, String> others) {
    TreeSet<String> names = new TreeSet<>(settings.keySet());
    names.addAll(others.keySet());
    List<String> words = new ArrayList<>();
    for (String name : names) {
      Optional<String> value = Optional.ofNullable(settings.get(name));
      if (!value.equals(Optional.ofNullable(others.get(name)))) {
        words.add(value.map(v -> name + "=" + v).orElse("no " + name));
      }
    }
    return String.join(", ", words);
  }
}
