package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Finds the error messages that the failed statements of a run logged. */
public final class FailureCauses {
  private static final int MAX_LINES = 6;

  /** Lines from Argo's executor, Spark's log and the JVM. */
  private static final Pattern NOISE =
      Pattern.compile(
          "time=\\S+ level=.*|Error: exit status \\d+|WARNING: .*|\\s*"
              + "|\\d\\d(/\\d\\d/\\d\\d )?[\\d:. -]*(TRACE|DEBUG|INFO|WARN|ERROR) .*"
              + "|\\s+at .*|\\s*\\.\\.\\. \\d+ more|Files local:.*|Run it again with --verbose.*");

  /** The start of an error message of SeeQL or the JVM. */
  private static final Pattern BEGINNING =
      Pattern.compile(
          "(Cannot|Invalid|Unknown|SeeQL failed:|Run \\S+ |Table |Exception in thread|Error:).*");

  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

  private final Cluster cluster;

  public FailureCauses(Cluster cluster) {
    this.cluster = requireNonNull(cluster, "cluster is null");
  }

  /** The messages by statement, for failed statements whose pods still exist. */
  public SortedMap<Integer, String> of(RunStatus status) {
    SortedMap<Integer, String> causes = new TreeMap<>();
    List<Integer> failed =
        status.tasks().stream().filter(TaskStatus::hasFailed).map(TaskStatus::statement).toList();
    if (failed.isEmpty()) {
      return causes;
    }
    String name = status.summary().run();
    RunObject run = new RunReader(cluster).find(name);
    RunPods pods = cluster.ask("read why " + name + " failed", () -> RunPods.of(cluster, name));
    for (RunObject.Task task : run.tasks()) {
      if (failed.contains(task.statement())) {
        pods.working(task.statement(), task.work())
            .flatMap(pod -> PodLogs.end(cluster, pod))
            .flatMap(FailureCauses::cause)
            .ifPresent(cause -> causes.put(task.statement(), cause));
      }
    }
    return causes;
  }

  /** The last message of a log: a line that starts like a message, and its continuation lines. */
  static Optional<String> cause(String log) {
    List<String> lines =
        log.lines()
            .map(line -> COLOUR.matcher(line).replaceAll("").stripTrailing())
            .filter(line -> !NOISE.matcher(line).matches())
            .toList();
    int from = lines.size() - 1;
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (BEGINNING.matcher(lines.get(i)).matches()) {
        from = i;
        break;
      }
    }
    if (from < 0) {
      return Optional.empty();
    }
    List<String> cause = new ArrayList<>();
    cause.add(lines.get(from));
    for (int i = from + 1; i < lines.size() && cause.size() < MAX_LINES; i++) {
      if (!lines.get(i).startsWith(" ")) {
        break;
      }
      cause.add(lines.get(i));
    }
    return Optional.of(String.join("\n", cause));
  }
}
