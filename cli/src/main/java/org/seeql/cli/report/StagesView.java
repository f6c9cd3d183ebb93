package org.seeql.cli.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A bar of stages and its table, formatted for the page.
 *
 * @param rateName the unit of the stages' rates
 */
record StagesView(
    String title, String note, String rateName, String total, List<StageView> stages) {

  /**
   * @param css the shade of the stage's segment in the bar
   * @param width the width of that segment
   */
  record StageView(String name, String css, String width, String time, String share, String rate) {}

  /** Stages whose duration does not depend on the number of images. */
  private static final Set<String> WITHOUT_IMAGES = Set.of("plan", "spark", "partition");

  /** Consecutive stages, in wall-clock time. */
  static StagesView byTheClock(List<RunPage.Stage> stages, long images) {
    return of("Stages", "wall-clock time", "img/s", stages, images);
  }

  /** Steps that many threads execute concurrently. */
  static StagesView ofThreads(List<RunPage.Stage> steps, long images) {
    return of("While inferring", "summed over all threads", "img/s per thread", steps, images);
  }

  private static StagesView of(
      String title, String note, String rateName, List<RunPage.Stage> stages, long images) {
    Duration total =
        stages.stream().map(RunPage.Stage::duration).reduce(Duration.ZERO, Duration::plus);
    Duration longest =
        stages.stream().map(RunPage.Stage::duration).reduce(Duration.ZERO, StagesView::longer);
    List<StageView> views = new ArrayList<>();
    for (RunPage.Stage stage : stages) {
      long nanos = stage.duration().toNanos();
      views.add(
          new StageView(
              stage.name(),
              shade(stage.duration().equals(longest), views.size()),
              Wording.length(nanos, total.toNanos()),
              Wording.duration(stage.duration()),
              Wording.percent(nanos, total.toNanos()),
              WITHOUT_IMAGES.contains(stage.name())
                  ? "–"
                  : Wording.rate(images, stage.duration())));
    }
    return new StagesView(title, note, rateName, Wording.duration(total), List.copyOf(views));
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  private static String shade(boolean longest, int place) {
    if (longest) {
      return "longest";
    }
    return place % 2 == 0 ? "even" : "odd";
  }
}
