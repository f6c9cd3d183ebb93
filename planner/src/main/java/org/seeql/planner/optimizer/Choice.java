package org.seeql.planner.optimizer;

/** The result of a {@link ChoiceProblem}. */
public sealed interface Choice permits DecisionPlan, Refusal {}
