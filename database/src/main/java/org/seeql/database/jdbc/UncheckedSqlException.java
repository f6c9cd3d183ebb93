package org.seeql.database.jdbc;

import java.sql.SQLException;

/** Wraps an error of the database where an iterator cannot throw a checked exception. */
public final class UncheckedSqlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UncheckedSqlException(SQLException cause) {
    super(cause.getMessage(), cause);
  }
}
