package org.seeql.planner.statement;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A table as a statement names it.
 *
 * @param database empty where the statement leaves it to the connection
 * @param name without quotes
 */
public record TableName(Optional<String> database, String name) {
  public TableName {
    requireNonNull(database, "database is null");
    requireNonNull(name, "name is null");
  }

  public static TableName of(String database, String name) {
    return new TableName(Optional.of(database), name);
  }

  public static TableName of(String name) {
    return new TableName(Optional.empty(), name);
  }

  /** The name as MySQL and MariaDB take it in any statement, every part in backquotes. */
  public String quoted() {
    return database.map(d -> quote(d) + ".").orElse("") + quote(name);
  }

  /** An identifier in backquotes. */
  public static String quote(String identifier) {
    return "`" + identifier.replace("`", "``") + "`";
  }

  @Override
  public String toString() {
    return database.map(d -> d + "." + name).orElse(name);
  }
}
