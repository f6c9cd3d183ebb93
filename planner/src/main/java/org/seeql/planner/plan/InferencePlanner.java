package org.seeql.planner.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seeql.planner.message.NearestNames;
import org.seeql.planner.option.Option;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.statement.PredictStatement;
import org.seeql.planner.statement.RunStatement;
import org.seeql.planner.statement.SourcePosition;
import org.seeql.planner.statement.TableName;

/**
 * Plans {@code TO RUN} and {@code TO PREDICT}. Options have four layers, each of which overrides
 * the previous: SeeQL's defaults, the program in {@code conf/programs.yaml}, the command line, the
 * statement. Pure.
 */
final class InferencePlanner {
  private static final String MODEL = "model";

  private InferencePlanner() {}

  /**
   * The plan of a run.
   *
   * @param commandLine options for every statement of the program
   * @throws PlanningException with every problem that can be detected without the database
   */
  static InferencePlan plan(RunStatement statement, ProgramCatalog catalog, OptionSet commandLine) {
    ProgramDefinition program = program(statement, catalog);
    List<String> problems = new ArrayList<>();
    OptionSet ofStatement =
        statement.isShort()
            ? OptionSet.of(statement.with(), "WITH")
            : CommandArguments.parse(
                statement.command().subList(1, statement.command().size()), "CMD", problems::add);
    OptionSet options =
        program
            .defaults()
            .overriddenBy(commandLine)
            .overriddenBy(program.translate(ofStatement, problems::add));
    Optional<String> model = options.find(MODEL).map(Option::value).filter(m -> !m.isBlank());
    if (model.isEmpty()) {
      problems.add(
          "Program '%s' needs a model: add %s; SHOW MODELS lists the names"
              .formatted(
                  program.name(),
                  statement.isShort() ? "model = 'NAME' to WITH" : "\"--model=NAME\" to CMD"));
    }
    if (statement.into().size() > 1) {
      problems.add(
          "Program '%s' writes one table, but INTO names %d: %s"
              .formatted(
                  program.name(),
                  statement.into().size(),
                  String.join(", ", statement.into().stream().map(TableName::toString).toList())));
    }
    RunOptions runOptions = RunOptions.parse(options.without(MODEL), problems::add);
    refuseIfAny(statement.position(), problems);
    return new InferencePlan(
        statement.position(),
        statement.select(),
        Optional.of(program.task()),
        model.orElseThrow(),
        runOptions,
        statement.into().stream().findFirst(),
        Optional.empty(),
        InferencePlan.Kind.RUN,
        program.name());
  }

  /**
   * The plan of a prediction: an {@link AutoPlan} if SeeQL chooses the model.
   *
   * @param commandLine options for every statement of the program
   * @throws PlanningException with every problem that can be detected without the database
   */
  static StatementPlan plan(PredictStatement statement, OptionSet commandLine) {
    return statement.isAuto()
        ? AutoPlanner.plan(statement, commandLine)
        : withNamedModel(statement, commandLine);
  }

  private static InferencePlan withNamedModel(PredictStatement statement, OptionSet commandLine) {
    List<String> problems = new ArrayList<>();
    OptionSet ofStatement = OptionSet.of(statement.with(), "WITH");
    if (ofStatement.find(MODEL).isPresent()) {
      problems.add("TO PREDICT takes its model from USING, not from WITH");
    }
    OptionSet options = commandLine.overriddenBy(ofStatement).without(MODEL);
    RunOptions runOptions = RunOptions.parse(options, problems::add);
    refuseIfAny(statement.position(), problems);
    return new InferencePlan(
        statement.position(),
        statement.select(),
        Optional.empty(),
        statement.model().plain(),
        runOptions,
        Optional.of(statement.table()),
        statement.column(),
        InferencePlan.Kind.PREDICT,
        "predict");
  }

  private static ProgramDefinition program(RunStatement statement, ProgramCatalog catalog) {
    String known = String.join(", ", catalog.names());
    if (statement.command().isEmpty()) {
      throw new PlanningException(
          statement.position(),
          List.of(
              "TO RUN %s has no program; start CMD with a program of SeeQL (%s). "
                      .formatted(statement.image(), known)
                  + onKubernetes(statement)));
    }
    String name = statement.command().get(0);
    return catalog
        .find(name)
        .orElseThrow(
            () ->
                new PlanningException(
                    statement.position(),
                    List.of(
                        NearestNames.unknown("program", name, catalog.names())
                            + (statement.isShort() ? "" : ". " + onKubernetes(statement)))));
  }

  private static String onKubernetes(RunStatement statement) {
    return "Any other program of an image runs as a container step on Kubernetes, with"
        + " `seeql submit --allow-image=%s`".formatted(statement.image());
  }

  private static void refuseIfAny(SourcePosition position, List<String> problems) {
    if (!problems.isEmpty()) {
      throw new PlanningException(position, problems);
    }
  }
}
