package org.seeql.planner.statement;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A table as a statement names it.
 *
 * @param catalog of Spark's; empty for tables of the database, which has none
 * @param database empty where the statement leaves it to the connection
 * @param name without quotes
 */
public record TableName(Optional<String> catalog, Optional<String> database, String name) {
  public TableName {
    requireNonNull(catalog, "catalog is null");
    requireNonNull(database, "database is null");
    requireNonNull(name, "name is null");
  }

  /** A table in no catalog. */
  public TableName(Optional<String> database, String name) {
    this(Optional.empty(), database, name);
  }

  public static TableName of(String database, String name) {
    return new TableName(Optional.of(database), name);
  }

  public static TableName of(String name) {
    return new TableName(Optional.empty(), name);
  }

  /** The name as SQL takes it in any statement, every part in backquotes. */
  public String quoted() {
    return catalog.map(c -> quote(c) + ".").orElse("")
        + database.map(d -> quote(d) + ".").orElse("")
        + quote(name);
  }

  /** An identifier in backquotes. */
  public static String quote(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }

  @Override
  public String toString() {
    return catalog.map(c -> c + ".").orElse("") + database.map(d -> d + ".").orElse("") + name;
  }
}
