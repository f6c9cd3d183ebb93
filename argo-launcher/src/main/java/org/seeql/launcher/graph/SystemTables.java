package org.seeql.launcher.graph;

import java.util.Locale;
import java.util.Set;
import org.seeql.planner.statement.TableName;

/** SeeQL's own tables, which statements read and write without naming them. */
final class SystemTables {
  private static final String DATABASE = "seeql";

  static final TableName IMAGE_ROOTS = TableName.of(DATABASE, "image_roots");

  static final Set<String> OF_MODELS =
      Set.of("models", "model_profiles", "model_profile_classes", "model_profile_timings");

  /** Those that a program may name without their database. */
  static final Set<String> OF_RUNS =
      Set.of(
          "runs",
          "run_leases",
          "run_partitions",
          "run_failures",
          "targets",
          "evaluations",
          "find_plans",
          "done_sets",
          "done_images",
          "failed_images");

  private SystemTables() {}

  /** Whether a table may be one of those that hold models and their profiles. */
  static boolean mayHoldModels(Resource resource) {
    return resource instanceof Resource.Table table
        && mayBeSystem(table)
        && OF_MODELS.contains(name(table));
  }

  /** Whether a table may be one of those in which runs record what they do. */
  static boolean mayHoldRuns(Resource resource) {
    if (!(resource instanceof Resource.Table table) || !mayBeSystem(table)) {
      return false;
    }
    boolean another = OF_MODELS.contains(name(table)) || name(table).equals(IMAGE_ROOTS.name());
    return table.name().database().isPresent() ? !another : OF_RUNS.contains(name(table));
  }

  private static boolean mayBeSystem(Resource.Table table) {
    return table.name().database().map(DATABASE::equalsIgnoreCase).orElse(true);
  }

  private static String name(Resource.Table table) {
    return table.name().name().toLowerCase(Locale.ROOT);
  }
}
