package org.seeql.planner.predicate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Boolean functions of up to 31 variables as one reduced ordered binary decision diagram (Bryant,
 * "Graph-Based Algorithms for Boolean Function Manipulation", 1986). Equal functions share one
 * node, whatever formula they come from. Variables are tested in the order of their numbers.
 * Operations add nodes, and nodes are never removed. Not thread-safe.
 */
public final class DecisionDiagram {
  public static final int FALSE = 0;
  public static final int TRUE = 1;

  private static final int NO_VARIABLE = Integer.MAX_VALUE;

  private final int variables;
  private int[] variable = new int[64];
  private int[] low = new int[64];
  private int[] high = new int[64];
  private int[] support = new int[64];

  /** Cache of {@link #rest}: by node, then 2 · variable + value; entries are the result plus 1. */
  private int[][] rests = new int[64][];

  private int[] table = new int[128];
  private int size;

  public DecisionDiagram(int variables) {
    if (variables < 0 || variables > 31) {
      throw new IllegalArgumentException("variables is not between 0 and 31: " + variables);
    }
    this.variables = variables;
    add(NO_VARIABLE, FALSE, FALSE, 0);
    add(NO_VARIABLE, TRUE, TRUE, 0);
  }

  /** The number of nodes; every function's number is less than it. */
  public int size() {
    return size;
  }

  public boolean isConstant(int function) {
    return function <= TRUE;
  }

  /** The first variable that the function depends on. */
  public int variable(int function) {
    return variable[function];
  }

  /** The variables on which the function depends, one bit per variable. */
  public int support(int function) {
    return support[function];
  }

  /** The function that is true if and only if a variable is true. */
  public int of(int number) {
    return node(number, FALSE, TRUE);
  }

  public int not(int function) {
    return choose(function, FALSE, TRUE, new HashMap<>());
  }

  public int and(int a, int b) {
    return choose(a, b, FALSE, new HashMap<>());
  }

  public int or(int a, int b) {
    return choose(a, TRUE, b, new HashMap<>());
  }

  /** The residual function after a variable is set to a value (Shannon cofactor). */
  public int rest(int function, int number, boolean value) {
    if ((support[function] & (1 << number)) == 0) {
      return function;
    }
    if (variable[function] == number) {
      return value ? high[function] : low[function];
    }
    if (rests[function] == null) {
      rests[function] = new int[2 * variables];
    }
    int place = 2 * number + (value ? 1 : 0);
    int known = rests[function][place];
    if (known == 0) {
      int ifLow = rest(low[function], number, value);
      int ifHigh = rest(high[function], number, value);
      known = node(variable[function], ifLow, ifHigh) + 1;
      rests[function][place] = known;
    }
    return known - 1;
  }

  private record Triple(int condition, int yes, int no) {}

  /** If-then-else: {@code yes} where the condition is true, otherwise {@code no}. */
  private int choose(int condition, int yes, int no, Map<Triple, Integer> known) {
    if (condition == TRUE || yes == no) {
      return yes;
    }
    if (condition == FALSE) {
      return no;
    }
    Triple triple = new Triple(condition, yes, no);
    Integer found = known.get(triple);
    if (found != null) {
      return found;
    }
    int top = Math.min(variable[condition], Math.min(variable[yes], variable[no]));
    int ifLow =
        choose(rest(condition, top, false), rest(yes, top, false), rest(no, top, false), known);
    int ifHigh =
        choose(rest(condition, top, true), rest(yes, top, true), rest(no, top, true), known);
    int chosen = node(top, ifLow, ifHigh);
    known.put(triple, chosen);
    return chosen;
  }

  private int node(int number, int ifLow, int ifHigh) {
    if (ifLow == ifHigh) {
      return ifLow;
    }
    int slot = slot(number, ifLow, ifHigh);
    if (table[slot] != 0) {
      return table[slot];
    }
    int node = add(number, ifLow, ifHigh, (1 << number) | support[ifLow] | support[ifHigh]);
    table[slot] = node;
    if (2 * size > table.length) {
      growTable();
    }
    return node;
  }

  private int slot(int number, int ifLow, int ifHigh) {
    int hash = (number * 31 + ifLow) * 0x9E3779B1 + ifHigh * 0x85EBCA6B;
    int mask = table.length - 1;
    int slot = (hash ^ (hash >>> 15)) & mask;
    while (table[slot] != 0
        && !(variable[table[slot]] == number
            && low[table[slot]] == ifLow
            && high[table[slot]] == ifHigh)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void growTable() {
    table = new int[2 * table.length];
    for (int node = TRUE + 1; node < size; node++) {
      table[slot(variable[node], low[node], high[node])] = node;
    }
  }

  private int add(int number, int ifLow, int ifHigh, int dependsOn) {
    if (size == variable.length) {
      variable = Arrays.copyOf(variable, 2 * size);
      low = Arrays.copyOf(low, 2 * size);
      high = Arrays.copyOf(high, 2 * size);
      support = Arrays.copyOf(support, 2 * size);
      rests = Arrays.copyOf(rests, 2 * size);
    }
    variable[size] = number;
    low[size] = ifLow;
    high[size] = ifHigh;
    support[size] = dependsOn;
    return size++;
  }
}
