package org.seeql.database.jdbc;

/** The rows of a query could not be read to the end, for a reason other than the query. */
public final class UnreadableRowsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnreadableRowsException(String message, Throwable cause) {
    super(message, cause);
  }
}
