package org.seeql.planner.cascade;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.seeql.planner.optimizer.Quality;
import org.seeql.planner.optimizer.Step;

/** Prints cascades for people: the ladders, the graph as a tree, and the totals. Pure. */
public final class CascadeText {
  /** A longer tree is not readable; the plan's document has all nodes. */
  private static final int MAX_NODES = 60;

  private CascadeText() {}

  /** The ladders of a plan, one line per rung. */
  public static String ladders(CascadePlan plan) {
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
                    .append(thresholds(rung))
                    .append('\n');
              }
            });
    return text.toString();
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

  /** The graph as a tree. A node with several predecessors is printed once. */
  public static String tree(CascadePlan plan) {
    return tree(plan, node -> "");
  }

  /**
   * The same tree with a note at the end of each node's line.
   *
   * @param note by id of the node; may be empty
   */
  public static String tree(CascadePlan plan, IntFunction<String> note) {
    Tree tree = new Tree(plan, note);
    tree.step("", "", plan.root());
    return tree.lines();
  }

  /** Cost, quality and certified limits of a plan. */
  public static String totals(CascadePlan plan) {
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
        "confidence     %s, for images like those of the sample; %d plans tested"
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

  private static final class Tree {
    private final CascadePlan plan;
    private final IntFunction<String> note;
    private final Set<Integer> shown = new HashSet<>();
    private final List<String> heads = new ArrayList<>();
    private final List<String> facts = new ArrayList<>();

    Tree(CascadePlan plan, IntFunction<String> note) {
      this.plan = plan;
      this.note = note;
    }

    /**
     * Adds a step and its successors.
     *
     * @param first prefix of the step's line
     * @param others prefix of the lines below it
     */
    void step(String first, String others, Step step) {
      if (step instanceof Step.Decide decide) {
        add(first + (decide.answer() ? "found" : "not found"), "");
        return;
      }
      CascadeNode node = plan.nodes().get(((Step.Then) step).node());
      if (!shown.add(node.id())) {
        add(first + "go to [" + node.id() + "]", "");
      } else if (shown.size() > MAX_NODES) {
        add(first + "[" + node.id() + "] …", "");
      } else {
        String classes = String.join(", ", node.reads().keySet());
        add(first + "[%d] %s for %s".formatted(node.id(), node.model(), classes), facts(node));
        for (int i = 0; i < node.next().size(); i++) {
          CascadeBranch branch = node.next().get(i);
          boolean isLast = i == node.next().size() - 1;
          step(
              others + (isLast ? "└─ " : "├─ ") + when(branch) + " → ",
              others + (isLast ? "   " : "│  "),
              branch.step());
        }
      }
    }

    private static String when(CascadeBranch branch) {
      return branch.when().entrySet().stream()
          .map(
              e ->
                  switch (e.getValue()) {
                    case NO -> "no " + e.getKey();
                    case YES -> e.getKey();
                    case UNSURE -> "perhaps " + e.getKey();
                  })
          .collect(Collectors.joining(", "));
    }

    private String facts(CascadeNode node) {
      String facts =
          String.format(
              Locale.ROOT,
              "%6.2f %% of images %10.2f ms",
              100 * node.reach(),
              node.reach() * node.costMillis());
      String suffix = note.apply(node.id());
      return suffix.isEmpty() ? facts : facts + "  " + suffix;
    }

    private void add(String head, String fact) {
      heads.add(head);
      facts.add(fact);
    }

    String lines() {
      int width = heads.stream().mapToInt(String::length).max().orElse(0);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < heads.size(); i++) {
        String fact = facts.get(i);
        String padding = fact.isEmpty() ? "" : " ".repeat(width - heads.get(i).length() + 2);
        text.append(heads.get(i)).append(padding).append(fact).append('\n');
      }
      return text.toString();
    }
  }
}
