package org.seeql.udf.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * Why a property of a model that no option specified has its value.
 *
 * @param option that would set the property
 */
public record Evidence(String option, String reason) implements Serializable {
  public Evidence {
    requireNonNull(option, "option is null");
    requireNonNull(reason, "reason is null");
  }
}
