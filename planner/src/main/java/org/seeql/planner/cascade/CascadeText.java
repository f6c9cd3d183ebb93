package org.seeql.planner.cascade;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.seeql.planner.optimizer.Quality;

/** Prints cascades for people: their ladders and totals. Pure. */
final class CascadeText {
  private CascadeText() {}

  /**
   * The ladders of a plan, one line per rung, with the expected share of images that it settles.
   */
  static String ladders(CascadePlan plan) {
    Iterator<RungCounts> expected = plan.rungs().iterator();
    StringBuilder text = new StringBuilder();
    int width =
        plan.ladders().values().stream()
            .flatMap(List::stream)
            .mapToInt(rung -> rung.model().length())
            .max()
            .orElse(0);
    plan.ladders()
        .forEach(
            (name, rungs) -> {
              text.append(name).append('\n');
              for (Rung rung : rungs) {
                text.append("  ")
                    .append(rung.model())
                    .append(" ".repeat(width - rung.model().length() + 2))
                    .append(thresholds(rung));
                if (expected.hasNext()) {
                  text.append(settled(expected.next()));
                }
                text.append('\n');
              }
            });
    return text.toString();
  }

  private static String settled(RungCounts expected) {
    return String.format(
        Locale.ROOT,
        " (settles %.1f %% of %,d images)",
        100 * expected.settled(),
        expected.images());
  }

  private static String thresholds(Rung rung) {
    List<String> parts = new ArrayList<>();
    if (rung.noBelow() > 0) {
      parts.add("no below " + number(rung.noBelow()));
    }
    if (rung.yesFrom() < Rung.NEVER) {
      parts.add("yes from " + number(rung.yesFrom()));
    }
    if (!rung.isFinal()) {
      parts.add("otherwise the next model");
    }
    return String.join(", ", parts);
  }

  /** Cost, quality and certified limits of a plan. */
  static String totals(CascadePlan plan) {
    List<String> lines = new ArrayList<>();
    Quality quality = plan.certification().quality();
    lines.add(
        String.format(
            Locale.ROOT,
            "expected cost  %.2f ms per image",
            plan.certification().expectedCostMillis()));
    lines.add(
        "quality        accuracy %s, precision %s, recall %s, F1 %s"
            .formatted(
                number(quality.accuracy()),
                number(quality.precision()),
                number(quality.recall()),
                number(quality.f1())));
    lines.add("prevalence     " + number(quality.prevalence()));
    plan.certified()
        .forEach(
            (bound, limit) ->
                lines.add(
                    "certified      %s at least %s (%d of %d images)"
                        .formatted(
                            bound.measureWord(),
                            number(limit.lower()),
                            limit.successes(),
                            limit.trials())));
    lines.add(
        "confidence     %s, for images like those of the sample; plans tested: %d"
            .formatted(CascadeRefusals.number(plan.confidenceLevel()), plan.tests()));
    lines.add(
        "estimated      from %d images, after a choice on %d others"
            .formatted(plan.certification().rows(), plan.selection().rows()));
    return String.join("\n", lines) + "\n";
  }

  private static String number(OptionalDouble number) {
    return number.isPresent() ? number(number.getAsDouble()) : "-";
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.4f", number);
  }
}
