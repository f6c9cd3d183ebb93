package org.seeql.planner.optimizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.seeql.planner.model.PresenceSample;
import org.seeql.planner.model.World;

/**
 * Prints choices for people: a plan as a tree with its totals, or a table that compares strategies.
 * Pure.
 */
public final class PlanText {
  /** A longer tree is not readable; the plan's document has all nodes. */
  private static final int MAX_NODES = 200;

  private PlanText() {}

  /**
   * The plan as a tree: one line per node, with its branches below. A node with several
   * predecessors is printed at its first occurrence; later occurrences refer to it.
   */
  public static String tree(ModelPlan plan) {
    return tree(plan, node -> "");
  }

  /**
   * The same tree with a note at the end of each node's line.
   *
   * @param note by id of the node; may be empty
   */
  public static String tree(ModelPlan plan, IntFunction<String> note) {
    return new Tree(plan, note).text();
  }

  /** The totals of a plan, and the basis of its estimates. */
  public static String totals(DecisionPlan plan, World world) {
    return totals(plan)
        + (world instanceof PresenceSample sample
            ? "estimated      from a sample of %d images\n".formatted(sample.rows().size())
            : "estimated      with classes assumed to be independent\n")
        + warnings(plan);
  }

  private static String warnings(DecisionPlan plan) {
    return plan.warnings().stream()
        .map(warning -> "warning        " + warning + "\n")
        .collect(Collectors.joining());
  }

  static String totals(DecisionPlan plan) {
    List<String> lines = new ArrayList<>();
    Quality quality = plan.quality();
    lines.add("expected cost  " + number(plan.expectedCostMillis(), "%.2f") + " ms per image");
    lines.add(
        "quality        accuracy %s, precision %s, recall %s, F1 %s"
            .formatted(
                number(quality.accuracy(), "%.4f"),
                number(quality.precision()),
                number(quality.recall()),
                number(quality.f1())));
    lines.add("prevalence     " + number(quality.prevalence(), "%.4f"));
    lines.add("optimality     " + optimality(plan));
    return String.join("\n", lines) + "\n";
  }

  private static String optimality(DecisionPlan plan) {
    if (plan.optimality() instanceof Optimality.LowerBound lower) {
      return "no plan costs less than %s ms: at most %s %% could be saved"
          .formatted(number(lower.costMillis(), "%.2f"), number(100 * plan.gap(), "%.1f"));
    }
    if (plan.optimality() instanceof Optimality.UpperBound upper) {
      return "no plan has more than %s: at most %s could be gained"
          .formatted(number(upper.value(), "%.4f"), number(plan.gap(), "%.4f"));
    }
    return "proved for strategy " + plan.strategy().word();
  }

  /** A table of choices, one line per strategy. */
  public static String alternatives(List<Choice> choices) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("strategy", "ms per image", "accuracy", "precision", "recall", "F1", "models"));
    for (Choice choice : choices) {
      rows.add(choice instanceof DecisionPlan plan ? row(plan) : row((Refusal) choice));
    }
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size() - 1; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        boolean isLast = i == row.size() - 1;
        String padding = isLast ? "" : " ".repeat(widths[i] - row.get(i).length() + 2);
        boolean isNumber = i > 0 && !isLast && row.size() > 2;
        line.append(isNumber ? padding.substring(2) + row.get(i) + "  " : row.get(i) + padding);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static List<String> row(DecisionPlan plan) {
    Quality quality = plan.quality();
    return List.of(
        plan.strategy().word(),
        number(plan.expectedCostMillis(), "%.2f"),
        number(quality.accuracy(), "%.4f"),
        number(quality.precision()),
        number(quality.recall()),
        number(quality.f1()),
        String.join(", ", plan.models()));
  }

  private static List<String> row(Refusal refusal) {
    return List.of(refusal.strategy().word(), refusal.message().lines().findFirst().orElse(""));
  }

  private static String number(OptionalDouble number) {
    return number.isPresent() ? number(number.getAsDouble(), "%.4f") : "-";
  }

  private static String number(double number, String format) {
    return String.format(Locale.ROOT, format, number);
  }

  private static final class Tree {
    private final List<PlanNode> nodes;
    private final Step root;
    private final IntFunction<String> note;
    private final Set<Integer> shown = new HashSet<>();
    private final List<String> heads = new ArrayList<>();
    private final List<String> facts = new ArrayList<>();

    Tree(ModelPlan plan, IntFunction<String> note) {
      this.nodes = plan.outline();
      this.root = plan.root();
      this.note = note;
    }

    String text() {
      step("", "", root);
      return lines();
    }

    /**
     * Adds a step and its successors.
     *
     * @param first prefix of the step's line
     * @param others prefix of the lines below it
     */
    private void step(String first, String others, Step step) {
      if (step instanceof Step.Decide decide) {
        add(first + (decide.answer() ? "found" : "not found"), "");
        return;
      }
      PlanNode node = nodes.get(((Step.Then) step).node());
      if (!shown.add(node.id())) {
        add(first + "go to [" + node.id() + "]", "");
      } else if (shown.size() > MAX_NODES) {
        add(first + "[" + node.id() + "] …", "");
      } else {
        add(first + "[" + node.id() + "] " + models(node), facts(node));
        for (int i = 0; i < node.next().size(); i++) {
          PlanNode.PlanBranch branch = node.next().get(i);
          boolean isLast = i == node.next().size() - 1;
          step(
              others + (isLast ? "└─ " : "├─ ") + branch.when() + " → ",
              others + (isLast ? "   " : "│  "),
              branch.step());
        }
      }
    }

    private void add(String head, String fact) {
      heads.add(head);
      facts.add(fact);
    }

    private static String models(PlanNode node) {
      return node.runs().stream()
          .map(run -> run.model() + " for " + String.join(", ", run.classes()))
          .collect(Collectors.joining("; "));
    }

    private String facts(PlanNode node) {
      String facts =
          "%6s %% of images %10s ms"
              .formatted(
                  number(100 * node.reach(), "%.2f"),
                  number(node.reach() * node.costMillis(), "%.2f"));
      String suffix = note.apply(node.id());
      return suffix.isEmpty() ? facts : facts + "  " + suffix;
    }

    private String lines() {
      int width = heads.stream().map(String::length).max(Comparator.naturalOrder()).orElse(0);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < heads.size(); i++) {
        String head = heads.get(i);
        String padding = facts.get(i).isEmpty() ? "" : " ".repeat(width - head.length() + 2);
        text.append(head).append(padding).append(facts.get(i)).append('\n');
      }
      return text.toString();
    }
  }
}
