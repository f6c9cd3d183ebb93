package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * A column of a result.
 *
 * @param selected the column of the selection whose values and type it has; empty where the values
 *     are computed
 * @param type of a computed column, as SQL writes it; empty where it is selected
 */
public record ResultColumn(String name, String selected, String type) implements Serializable {
  private static final long serialVersionUID = 1L;

  public ResultColumn {
    requireNonNull(name, "name is null");
    if (selected.isEmpty() == type.isEmpty()) {
      throw new IllegalArgumentException("a column is either selected or computed: " + name);
    }
  }

  /** A column that is taken over from the selection. */
  public static ResultColumn selected(String name, String from) {
    return new ResultColumn(name, from, "");
  }

  /** A column that the run fills. */
  public static ResultColumn computed(String name, String type) {
    return new ResultColumn(name, "", type);
  }

  /** Whether the run fills it, instead of taking it over. */
  public boolean computed() {
    return selected.isEmpty();
  }
}
