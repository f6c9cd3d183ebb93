package org.seeql.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.seeql.cli.command.JsonFields.InputException;
import org.seeql.cli.console.Channel;
import org.seeql.planner.cascade.CascadeChoice;
import org.seeql.planner.cascade.CascadeChooser;
import org.seeql.planner.cascade.CascadeDocument;
import org.seeql.planner.cascade.CascadePlan;
import org.seeql.planner.cascade.CascadeProblem;
import org.seeql.planner.optimizer.Choice;
import org.seeql.planner.optimizer.ChoiceDocument;
import org.seeql.planner.optimizer.ChoiceProblem;
import org.seeql.planner.optimizer.DecisionPlan;
import org.seeql.planner.optimizer.ModelChooser;
import org.seeql.planner.optimizer.PlanText;
import org.seeql.planner.optimizer.Refusal;
import org.seeql.planner.optimizer.Strategy;
import org.seeql.planner.parser.SqlSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "plan",
    description = {
      "Chooses the models that answer a predicate, as TO FIND does. Needs no database.",
      "Exit code 1 if there is no such plan, or if the input is refused."
    })
final class PlanCommand implements Callable<Integer> {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Invocation invocation;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "FILE",
      description = "Predicate, bounds, priors and models as JSON; - is standard input.")
  private String input;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text (a tree) or json. Default: ${DEFAULT-VALUE}.")
  private Form form;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      defaultValue = "1",
      description = "Plans this many times and prints the median time. Default: ${DEFAULT-VALUE}.")
  private int repeat;

  PlanCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  private enum Form {
    TEXT,
    JSON
  }

  @Override
  public Integer call() {
    if (repeat < 1) {
      throw new CommandRefusal("Invalid --repeat: %d (from 1)".formatted(repeat));
    }
    String text;
    try {
      text =
          input.equals("-")
              ? ProgramSource.ofInput(invocation).text()
              : ProgramSource.ofFile(invocation.resolve(input)).text();
    } catch (CommandRefusal e) {
      invocation.console().err().println(e.getMessage());
      return ExitCode.FAILED;
    }
    return plan(text);
  }

  private int plan(String text) {
    Strategy strategy = Strategy.OPTIMAL;
    try {
      JsonNode tree = ProblemReader.tree(text);
      strategy = ProblemReader.strategy(tree);
      return strategy == Strategy.CASCADE
          ? plan(ProblemReader.cascadeProblem(tree))
          : plan(ProblemReader.problem(tree));
    } catch (InputException e) {
      return print(Refusal.of(strategy, Refusal.Kind.INPUT, e.getMessage()), 0);
    } catch (SqlSyntaxException e) {
      return print(Refusal.of(strategy, Refusal.Kind.SYNTAX, e.getMessage()), 0);
    }
  }

  private int plan(ChoiceProblem problem) {
    Timed<Choice> timed = repeated(() -> ModelChooser.choose(problem));
    if (form == Form.TEXT && timed.result() instanceof DecisionPlan plan) {
      printTree(problem, plan, timed.medianMillis());
    }
    return print(timed.result(), timed.medianMillis());
  }

  private int plan(CascadeProblem problem) {
    Timed<CascadeChoice> timed = repeated(() -> CascadeChooser.choose(problem));
    if (timed.result() instanceof CascadeChoice.Refused refused) {
      return print(refused.refusal(), timed.medianMillis());
    }
    CascadePlan plan = (CascadePlan) timed.result();
    if (form == Form.JSON) {
      printJson(CascadeDocument.toTree(plan, timed.medianMillis()));
    } else {
      Channel out = invocation.console().out();
      out.println(PlanText.tree(plan));
      out.println(plan.totals().stripTrailing());
      out.println("planning       %.1f ms".formatted(timed.medianMillis()));
    }
    return ExitCode.DONE;
  }

  private record Timed<T>(T result, double medianMillis) {}

  private <T> Timed<T> repeated(Supplier<T> planning) {
    double[] millis = new double[repeat];
    T result = timed(planning, millis, 0);
    for (int i = 1; i < repeat; i++) {
      result = timed(planning, millis, i);
    }
    Arrays.sort(millis);
    return new Timed<>(result, (millis[(repeat - 1) / 2] + millis[repeat / 2]) / 2);
  }

  private static <T> T timed(Supplier<T> planning, double[] millis, int run) {
    long start = System.nanoTime();
    T result = planning.get();
    millis[run] = (System.nanoTime() - start) / NANOS_PER_MILLI;
    return result;
  }

  private void printTree(ChoiceProblem problem, DecisionPlan plan, double planningMillis) {
    Channel out = invocation.console().out();
    out.println(PlanText.tree(plan));
    out.println(PlanText.totals(plan, problem.world()).stripTrailing());
    out.println("planning       %.1f ms%n".formatted(planningMillis));
    out.println(PlanText.alternatives(ModelChooser.chooseByEach(problem)).stripTrailing());
  }

  private int print(Choice choice, double planningMillis) {
    if (form == Form.JSON) {
      printJson(ChoiceDocument.toTree(choice, planningMillis));
    }
    Channel err = invocation.console().err();
    if (choice instanceof DecisionPlan plan) {
      if (form == Form.JSON) {
        plan.warnings().forEach(err::println);
      }
      return ExitCode.DONE;
    }
    err.println(((Refusal) choice).message());
    return ExitCode.REFUSED;
  }

  private void printJson(Map<String, Object> document) {
    try {
      invocation.console().out().println(new ObjectMapper().writeValueAsString(document));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write the plan", e);
    }
  }
}
