package org.seeql.planner.statement;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A table name in a statement.
 *
 * @param catalog a Spark catalog; empty for tables of the database
 * @param database empty if the connection's default database applies
 * @param name without quotes
 */
public record TableName(Optional<String> catalog, Optional<String> database, String name) {
  public TableName {
    requireNonNull(catalog, "catalog is null");
    requireNonNull(database, "database is null");
    requireNonNull(name, "name is null");
  }

  /** A table without a catalog. */
  public TableName(Optional<String> database, String name) {
    this(Optional.empty(), database, name);
  }

  public static TableName of(String database, String name) {
    return new TableName(Optional.of(database), name);
  }

  public static TableName of(String name) {
    return new TableName(Optional.empty(), name);
  }

  /** The name in SQL syntax, with every part in backquotes. */
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
