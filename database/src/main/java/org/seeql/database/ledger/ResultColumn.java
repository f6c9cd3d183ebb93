package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * A column of a result.
 *
 * @param selected the column of the selection that provides the values and the type; empty if the
 *     values are computed
 * @param type the SQL type of a computed column; empty if the column is selected
 */
public record ResultColumn(String name, String selected, String type) implements Serializable {
  private static final long serialVersionUID = 1L;

  public ResultColumn {
    requireNonNull(name, "name is null");
    if (selected.isEmpty() == type.isEmpty()) {
      throw new IllegalArgumentException("a column is either selected or computed: " + name);
    }
  }

  /** A column that is copied from the selection. */
  public static ResultColumn selected(String name, String from) {
    return new ResultColumn(name, from, "");
  }

  /** A column whose values the run computes. */
  public static ResultColumn computed(String name, String type) {
    return new ResultColumn(name, "", type);
  }

  /** Whether the run computes its values instead of copying them. */
  public boolean computed() {
    return selected.isEmpty();
  }
}
