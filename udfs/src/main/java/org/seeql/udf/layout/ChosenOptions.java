package org.seeql.udf.layout;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Options of a user that show which layout a model has.
 *
 * @param labels whether the user named the classes
 * @param activation that the user chose; empty if it is to be determined
 */
public record ChosenOptions(boolean labels, Optional<Activation> activation) {
  public static final ChosenOptions NONE = new ChosenOptions(false, Optional.empty());

  public ChosenOptions {
    requireNonNull(activation, "activation is null");
  }
}
