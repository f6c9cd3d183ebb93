package org.seeql.udf.model;

import java.io.Serializable;

/** The answer of the process that probes a model. */
sealed interface ProbeAnswer extends Serializable {
  /** The model is usable. */
  record Described(ModelDescription model) implements ProbeAnswer {}

  /**
   * The model is not usable.
   *
   * @param ofLibrary whether an inference library refused it
   */
  record Refused(String message, boolean ofLibrary) implements ProbeAnswer {}
}
