package org.seeql.job.find;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.seeql.planner.optimizer.Choice;
import org.seeql.planner.optimizer.ChoiceDocument;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.optimizer.ModelChooser;
import org.seeql.planner.optimizer.PlanText;

/**
 * A plan before it runs: as a tree with its totals, and the choices of other strategies.
 *
 * @param text for people
 * @param document the same as a tree of maps, lists, strings and numbers
 */
public record PlanExplanation(String text, Map<String, Object> document) {
  private static final double NANOS_PER_MILLI = 1e6;

  /** Explains a choice. */
  public static PlanExplanation of(ChosenPlan choice) {
    List<Choice> strategies = ModelChooser.chooseByEach(choice.problem());
    double planning = choice.planning().toNanos() / NANOS_PER_MILLI;
    StringBuilder text = new StringBuilder();
    text.append(PlanText.tree(choice.plan())).append('\n');
    text.append(totals(choice));
    text.append(String.format(Locale.ROOT, "planning       %.1f ms%n", planning));
    if (!choice.dataset().isEmpty()) {
      text.append("profiles       on ").append(choice.dataset()).append('\n');
    }
    if (choice.plan() instanceof DecisionPlan) {
      choice
          .problem()
          .confidenceLevel()
          .ifPresent(
              level ->
                  text.append(
                      "bounds         hold for the lower end of the confidence interval of level %s%n"
                          .formatted(level)));
    }
    choice.notes().forEach(note -> text.append("note           ").append(note).append('\n'));
    text.append('\n').append(PlanText.alternatives(strategies));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("plan", choice.plan().document(planning));
    document.put("profiles", choice.dataset());
    document.put("notes", choice.notes());
    document.put(
        "strategies",
        strategies.stream().map(strategy -> ChoiceDocument.toTree(strategy, 0)).toList());
    return new PlanExplanation(text.toString(), document);
  }

  private static String totals(ChosenPlan choice) {
    return choice.plan() instanceof DecisionPlan plan
        ? PlanText.totals(plan, choice.problem().world())
        : choice.plan().totals();
  }
}
