package org.seeql.launcher.graph;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.seeql.planner.statement.ModelName;
import org.seeql.planner.statement.TableName;

/** What statements share: tables, models, and what runs record. */
sealed interface Resource {

  /** Whether two may be one and the same. Symmetric. */
  boolean mayBe(Resource other);

  record Table(TableName name) implements Resource {
    public Table {
      requireNonNull(name, "name is null");
    }

    /** Some servers tell case apart and some do not; and the connection has a database. */
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

  /** Any model: for statements that choose among them or list them. */
  record AnyModel() implements Resource {
    @Override
    public boolean mayBe(Resource other) {
      return other instanceof AnyModel
          || other instanceof Model
          || SystemTables.mayHoldModels(other);
    }
  }

  /** What runs record of themselves in SeeQL's own tables, each under its own id. */
  record RunRecords() implements Resource {
    @Override
    public boolean mayBe(Resource other) {
      return other instanceof RunRecords || SystemTables.mayHoldRuns(other);
    }
  }
}
