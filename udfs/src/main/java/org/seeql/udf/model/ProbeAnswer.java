package org.seeql.udf.model;

import java.io.Serializable;

/** What the process that tries a model out answers. */
sealed interface ProbeAnswer extends Serializable {
  /** The model is usable. */
  record Described(ModelDescription model) implements ProbeAnswer {}

  /**
   * The model is not usable.
   *
   * @param ofLibrary whether an inference library has refused it
   */
  record Refused(String message, boolean ofLibrary) implements ProbeAnswer {}
}
