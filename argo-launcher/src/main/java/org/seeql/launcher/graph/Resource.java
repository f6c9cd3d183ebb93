package org.seeql.launcher.graph;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.planner.statement.ModelName;
import org.seeql.planner.statement.TableName;

/** A resource that statements share: a table, a model, or run records. */
sealed interface Resource {

  /** Whether two resources may be the same. Symmetric. */
  boolean mayBe(Resource other);

  record Table(TableName name) implements Resource {
    public Table {
      requireNonNull(name, "name is null");
    }

    /**
     * Ignores case, because some servers do. A missing database name matches any, because the
     * connection has a default database.
     */
    @Override
    public boolean mayBe(Resource other) {
      return other instanceof Table table
          ? name.name().equalsIgnoreCase(table.name.name())
              && mayBeSame(name.database(), table.name.database())
          : other.mayBe(this);
    }

    private static boolean mayBeSame(Optional<String> one, Optional<String> other) {
      return one.isEmpty() || other.isEmpty() || one.get().equalsIgnoreCase(other.get());
    }
  }

  record Model(String name) implements Resource {
    static Model of(ModelName name) {
      return new Model(name.plain());
    }

    @Override
    public boolean mayBe(Resource other) {
      return other instanceof AnyModel
          || (other instanceof Model model && name.equalsIgnoreCase(model.name))
          || SystemTables.mayHoldModels(other);
    }
  }

  /** Any model: for statements that choose or list models. */
  record AnyModel() implements Resource {
    @Override
    public boolean mayBe(Resource other) {
      return other instanceof AnyModel
          || other instanceof Model
          || SystemTables.mayHoldModels(other);
    }
  }

  /** The records of runs in SeeQL's own tables. Each run has its own id. */
  record RunTables() implements Resource {
    @Override
    public boolean mayBe(Resource other) {
      return other instanceof RunTables || SystemTables.mayHoldRuns(other);
    }
  }
}
