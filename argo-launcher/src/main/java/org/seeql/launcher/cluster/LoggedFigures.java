package org.seeql.launcher.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The progress of a statement according to its driver's log. The driver prints a progress line
 * every few seconds and a summary at the end.
 *
 * @param selected the number of selected images
 * @param through the number of processed images, including failed ones
 * @param imagesPerSecond the rate of the current attempt
 */
public record LoggedFigures(
    long selected, long through, long failed, OptionalDouble imagesPerSecond) {
  /** {@code inferred 1,200 of 4,000 images (30 %), 41.3 img/s, 2 min 5 s left, 3 failed}. */
  private static final Pattern PROGRESS =
      Pattern.compile(
          "inferred ([\\d,]+) of ([\\d,]+) images \\(.*?\\), ([\\d.]+) img/s"
              + "(?:, [^,]* left)?(?:, ([\\d,]+) failed)?");

  /**
   * {@code ✓ run ID: 4,000 images through MODEL in 9.81 s (407.7 img/s while inferring)}. The rate
   * is missing if no images were left to infer.
   */
  private static final Pattern SUMMARY =
      Pattern.compile(
          "\\S run \\S+: ([\\d,]+) images? through .* in [\\d.]+ s(?: \\(([\\d.]+) img/s .*\\))?");

  /** The next line: {@code failed 3 images: SELECT …}. */
  private static final Pattern FAILED = Pattern.compile("\\s+failed\\s+([\\d,]+) images?: .*");

  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

  public LoggedFigures {
    requireNonNull(imagesPerSecond, "imagesPerSecond is null");
  }

  /** The figures by statement, for existing driver pods that have started to infer. */
  public static SortedMap<Integer, LoggedFigures> of(Cluster cluster, String run) {
    SortedMap<Integer, LoggedFigures> figures = new TreeMap<>();
    RunObject object = new RunReader(cluster).find(run);
    RunPods pods = cluster.ask("read the progress of " + run, () -> RunPods.of(cluster, run));
    for (RunObject.Task task : object.tasks()) {
      if (!task.infers()) {
        continue;
      }
      pods.working(task.statement(), task.work())
          .filter(pod -> RunPods.waiting(pod).isEmpty())
          .flatMap(pod -> PodLogs.end(cluster, pod))
          .flatMap(LoggedFigures::of)
          .ifPresent(found -> figures.put(task.statement(), found));
    }
    return figures;
  }

  /** The latest figures of a log. */
  public static Optional<LoggedFigures> of(String log) {
    Optional<LoggedFigures> last = Optional.empty();
    for (String line : log.lines().toList()) {
      String plain = COLOUR.matcher(line).replaceAll("").stripTrailing();
      Matcher progress = PROGRESS.matcher(plain);
      Matcher summary = SUMMARY.matcher(plain);
      Matcher failed = FAILED.matcher(plain);
      if (progress.matches()) {
        last =
            Optional.of(
                new LoggedFigures(
                    number(progress.group(2)),
                    number(progress.group(1)),
                    progress.group(4) == null ? 0 : number(progress.group(4)),
                    rate(progress.group(3))));
      } else if (summary.matches()) {
        long images = number(summary.group(1));
        OptionalDouble rate =
            summary.group(2) == null ? OptionalDouble.empty() : rate(summary.group(2));
        last = Optional.of(new LoggedFigures(images, images, 0, rate));
      } else if (failed.matches()) {
        last = last.map(figures -> figures.withFailed(number(failed.group(1))));
      }
    }
    return last;
  }

  private LoggedFigures withFailed(long images) {
    return new LoggedFigures(selected, through, images, imagesPerSecond);
  }

  private static long number(String text) {
    return Long.parseLong(text.replace(",", ""));
  }

  private static OptionalDouble rate(String text) {
    return OptionalDouble.of(Double.parseDouble(text));
  }
}
