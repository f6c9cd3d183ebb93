package org.seeql.udf.layout;

import static java.util.Objects.requireNonNull;

/**
 * Whether a model's outputs have a layout.
 *
 * @param evidence the reason, for users; empty if the outputs have nothing in common with the
 *     layout
 */
record LayoutMatch(Certainty certainty, String evidence) {
  enum Certainty {
    NONE,
    POSSIBLE,
    CERTAIN
  }

  private static final LayoutMatch NOTHING = new LayoutMatch(Certainty.NONE, "");

  LayoutMatch {
    requireNonNull(certainty, "certainty is null");
    requireNonNull(evidence, "evidence is null");
  }

  /** The outputs have other shapes. */
  static LayoutMatch nothing() {
    return NOTHING;
  }

  /** The outputs have the shapes of the layout, but something excludes it. */
  static LayoutMatch excluded(String reason) {
    return new LayoutMatch(Certainty.NONE, reason);
  }

  static LayoutMatch possible(String evidence) {
    return new LayoutMatch(Certainty.POSSIBLE, evidence);
  }

  static LayoutMatch certain(String evidence) {
    return new LayoutMatch(Certainty.CERTAIN, evidence);
  }
}
