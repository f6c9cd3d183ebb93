package org.seeql.planner.parser;

/** The SQL dialect of the SELECT before a clause and of the names of target tables. */
public enum Dialect {
  /** The dialect of MySQL and MariaDB: a SELECT that no version of them accepts is refused. */
  DATABASE(0),
  /** Spark's dialect: Spark checks the SELECT itself, and table names may include a catalog. */
  SPARK(1);

  private final int catalogs;

  Dialect(int catalogs) {
    this.catalogs = catalogs;
  }

  /** The number of parts that a table name may have in addition to table and database. */
  int catalogs() {
    return catalogs;
  }
}
