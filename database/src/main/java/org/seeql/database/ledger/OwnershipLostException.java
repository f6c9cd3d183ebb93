package org.seeql.database.ledger;

/**
 * Another driver has taken over the run because this driver did not renew its lease. Nothing that
 * this driver does for the run is committed any more.
 */
public final class OwnershipLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OwnershipLostException(String runId) {
    super(
        "run %s was taken over by another driver, because this driver did not renew its lease"
            .formatted(runId));
  }
}
