package org.seeql.database.jdbc;

import static java.util.Objects.requireNonNull;

import org.seeql.planner.statement.TableName;

/**
 * A privilege on tables, with a probe: a statement that needs this privilege and no other. The
 * probe changes nothing if the table does not exist. The probes of DROP and ALTER may be used only
 * on such tables.
 *
 * <p>MySQL and MariaDB check privileges before they look for the table. A statement on a table that
 * does not exist therefore shows whether the user has the privilege. The probe of CREATE names a
 * column twice, so the server rejects it after it has checked the privilege.
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

  /** Whether the probe changes nothing even if the table exists. */
  boolean isHarmless() {
    return this != DROP && this != ALTER;
  }

  /** The privilege's name in a GRANT statement. */
  public String words() {
    return name().replace('_', ' ');
  }

  /**
   * The probe for a table.
   *
   * @param table a table that does not exist; it may exist only if the probe is harmless
   */
  String probe(TableName table) {
    return probe.formatted(table.quoted());
  }
}
