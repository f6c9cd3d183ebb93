package org.seeql.launcher.graph;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.seeql.planner.statement.Statement;

/**
 * A statement of a program and its dependencies.
 *
 * @param index its position in the program, from 0
 * @param after indices of the tasks that must complete first, ascending; without transitive
 *     dependencies
 */
public record Task(int index, Statement statement, List<Integer> after) {
  public Task {
    requireNonNull(statement, "statement is null");
    after = List.copyOf(after);
    if (after.stream().anyMatch(i -> i < 0 || i >= index)) {
      throw new IllegalArgumentException("task " + index + " depends on a later task: " + after);
    }
  }
}
