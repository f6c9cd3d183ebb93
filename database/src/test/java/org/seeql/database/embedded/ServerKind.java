package org.seeql.database.embedded;

/** A database server that tests can start. */
public enum ServerKind {
  MARIADB,
  MYSQL;

  /** The kind in the system property {@code seeql.test.database}; MariaDB by default. */
  public static ServerKind ofTests() {
    String name = System.getProperty("seeql.test.database", "mariadb");
    return switch (name) {
      case "mariadb" -> MARIADB;
      case "mysql" -> MYSQL;
      default ->
          throw new IllegalArgumentException(
              "Invalid seeql.test.database: " + name + " (mariadb or mysql)");
    };
  }
}
