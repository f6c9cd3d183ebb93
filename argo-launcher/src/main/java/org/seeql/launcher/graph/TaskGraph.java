package org.seeql.launcher.graph;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.seeql.planner.plan.OptionSet;
import org.seeql.planner.plan.ProgramCatalog;
import org.seeql.planner.statement.Program;
import org.seeql.planner.statement.Statement;

/**
 * A program as tasks that run side by side where the outcome is that of running them in order.
 *
 * <p>A statement waits for an earlier one if one of them changes a table or model that the other
 * reads or changes. This includes what a statement does not name: the labels of an evaluation, and
 * SeeQL's own tables. Appends to one table do not wait for each other, nor do two runs because of
 * their records. A statement whose tables are not known waits for all before it, and all after wait
 * for it. Two names that may be one table count as one. A view counts as a table of its own: what
 * it reads is not seen.
 *
 * @param tasks one a statement, in the order of the program
 */
public record TaskGraph(List<Task> tasks) {
  public TaskGraph {
    tasks = List.copyOf(tasks);
  }

  /**
   * The tasks of a program.
   *
   * @param programs by which TO RUN's options are read
   */
  public static TaskGraph of(Program program, ProgramCatalog programs) {
    return of(program, programs, OptionSet.NONE);
  }

  /**
   * The tasks of a program.
   *
   * @param programs by which TO RUN's options are read
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
