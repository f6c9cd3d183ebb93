package org.seeql.planner.parser;

/** Whose SQL stands before a clause, and whose tables may be written. */
public enum Dialect {
  /** MySQL's and MariaDB's: a SELECT that no database takes is refused. */
  DATABASE(0),
  /** Spark's, which judges a SELECT itself and has catalogs of databases. */
  SPARK(1);

  private final int catalogs;

  Dialect(int catalogs) {
    this.catalogs = catalogs;
  }

  /** How many parts the name of a table may have beside its own and its database's. */
  int catalogs() {
    return catalogs;
  }
}
