package org.seeql.launcher.graph;

import java.util.Locale;
import java.util.Set;
import org.seeql.planner.statement.TableName;

/** SeeQL's own tables, which statements access without naming them. */
final class SystemTables {
  private static final String DATABASE = "seeql";

  static final TableName IMAGE_ROOTS = TableName.of(DATABASE, "image_roots");

  static final Set<String> OF_MODELS =
      Set.of("models", "model_profiles", "model_profile_classes", "model_profile_timings");

  /** Tables that a program may name without the database. */
  static final Set<String> OF_RUNS =
      Set.of(
          "runs",
          "run_leases",
          "run_partitions",
          "run_failures",
          "run_audits",
          "targets",
          "evaluations",
          "trainings",
          "find_plans",
          "done_sets",
          "done_images",
          "failed_images");

  private SystemTables() {}

  /** Whether the resource may be a table with models or their profiles. */
  static boolean mayHoldModels(Resource resource) {
    return resource instanceof Resource.Table table
        && mayBeSystem(table)
        && OF_MODELS.contains(name(table));
  }

  /** Whether the resource may be a table with run records. */
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
