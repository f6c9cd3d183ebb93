package org.seeql.database.jdbc;

import java.sql.SQLException;

/** An error of the database where an iterator may not throw it as it is. */
public final class UncheckedSqlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UncheckedSqlException(SQLException cause) {
    super(cause.getMessage(), cause);
  }
}
