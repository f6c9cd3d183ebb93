package org.seeql.planner.optimizer;

/** What came of a {@link ChoiceProblem}. */
public sealed interface Choice permits DecisionPlan, Refusal {}
