package org.seeql.planner.option;

/** An option value that is refused for a reason other than its range. */
final class RefusedValueException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason completes the sentence "Invalid value for …: …"
   */
  RefusedValueException(String reason) {
    super(reason);
  }
}
