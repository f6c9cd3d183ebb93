package org.seeql.launcher.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.seeql.planner.option.OptionSet;
import org.seeql.planner.plan.ProgramCatalog;
import org.seeql.planner.statement.Program;
import org.seeql.planner.statement.Statement;

/**
 * A program as a graph of tasks. Tasks run concurrently if the result is the same as in program
 * order.
 *
 * <p>A statement waits for an earlier one if one of them changes a table or model that the other
 * reads or changes. This includes implicit accesses: the labels of an evaluation, and SeeQL's own
 * tables. Appends to one table do not wait for each other, and neither do runs because of their
 * records.
 *
 * <p>A statement with unknown tables waits for all statements before it, and all later statements
 * wait for it. Two names that may denote the same table count as the same. A view counts as a
 * separate table: the tables behind it are not considered.
 *
 * @param tasks one per statement, in program order
 */
public record TaskGraph(List<Task> tasks) {
  public TaskGraph {
    tasks = List.copyOf(tasks);
  }

  /**
   * Builds the graph of a program.
   *
   * @param programs define the options of TO RUN
   */
  public static TaskGraph of(Program program, ProgramCatalog programs) {
    return of(program, programs, OptionSet.NONE);
  }

  /**
   * Builds the graph of a program.
   *
   * @param programs define the options of TO RUN
   * @param options for every statement of the program
   */
  public static TaskGraph of(Program program, ProgramCatalog programs, OptionSet options) {
    List<Footprint> footprints = new ArrayList<>();
    List<BitSet> ancestors = new ArrayList<>();
    List<Task> tasks = new ArrayList<>();
    for (Statement statement : program.statements()) {
      int index = tasks.size();
      Footprint footprint =
          statement.accept(new FootprintFinder(programs, options, program.modes().get(index)));
      BitSet before = new BitSet();
      List<Integer> after = new ArrayList<>();
      for (int i = index - 1; i >= 0; i--) {
        if (!before.get(i) && footprint.conflictsWith(footprints.get(i))) {
          after.add(0, i);
          before.set(i);
          before.or(ancestors.get(i));
        }
      }
      footprints.add(footprint);
      ancestors.add(before);
      tasks.add(new Task(index, statement, after));
    }
    return new TaskGraph(tasks);
  }
}
