package org.seeql.database.ledger;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.function.Function;

/** A column of a result. */
public sealed interface ResultColumn extends Serializable {
  String name();

  /** Applies the function for the kind of the column. */
  <R> R map(Function<Selected, R> selected, Function<Computed, R> computed);

  /** A column that is copied from the selection. */
  static Selected selected(String name, String from) {
    return new Selected(name, from);
  }

  /** A column whose values the run computes. */
  static Computed computed(String name, ColumnType type) {
    return new Computed(name, type);
  }

  /**
   * A column that is copied from the selection.
   *
   * @param selected the column of the selection that provides the values and the type
   */
  record Selected(String name, String selected) implements ResultColumn {
    private static final long serialVersionUID = 1L;

    public Selected {
      requireNonNull(name, "name is null");
      requireNonNull(selected, "selected is null");
    }

    @Override
    public <R> R map(Function<Selected, R> selectedColumn, Function<Computed, R> computed) {
      return selectedColumn.apply(this);
    }
  }

  /** A column whose values the run computes. */
  record Computed(String name, ColumnType type) implements ResultColumn {
    private static final long serialVersionUID = 1L;

    public Computed {
      requireNonNull(name, "name is null");
      requireNonNull(type, "type is null");
    }

    @Override
    public <R> R map(Function<Selected, R> selected, Function<Computed, R> computed) {
      return computed.apply(this);
    }
  }
}
