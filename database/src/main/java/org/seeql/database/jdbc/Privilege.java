package org.seeql.database.jdbc;

import static java.util.Objects.requireNonNull;

import org.seeql.planner.statement.TableName;

/**
 * A privilege on tables, with a statement that needs this privilege and no other. On a table that
 * does not exist it changes nothing; those of DROP and ALTER are for such tables only.
 *
 * <p>MySQL and MariaDB check privileges before they look for the table, so a statement on a table
 * that does not exist tells whether the privilege is there. CREATE is asked for with a table that
 * has a column twice, which is refused after the privilege was checked.
 */
public enum Privilege {
  SELECT("SELECT 1 FROM %s LIMIT 0"),
  INSERT("INSERT INTO %s SELECT 1 FROM DUAL WHERE 1 = 0"),
  UPDATE("UPDATE %s SET seeql_probe = 1 WHERE 1 = 0"),
  DELETE("DELETE FROM %s WHERE 1 = 0"),
  CREATE("CREATE TABLE %s (a INT, a INT)"),
  DROP("DROP TABLE %s"),
  ALTER("ALTER TABLE %s COMMENT ''"),
  CREATE_TEMPORARY_TABLES("CREATE TEMPORARY TABLE %s (a INT, a INT)");

  private final String probe;

  Privilege(String probe) {
    this.probe = requireNonNull(probe, "probe is null");
  }

  /** Whether the statement changes nothing even where the table exists. */
  boolean isHarmless() {
    return this != DROP && this != ALTER;
  }

  /** The words of a GRANT statement. */
  public String words() {
    return name().replace('_', ' ');
  }

  /**
   * The statement.
   *
   * @param table that does not exist; a table that may exist only for statements that do not change
   *     it
   */
  String probe(TableName table) {
    return probe.formatted(table.quoted());
  }
}
