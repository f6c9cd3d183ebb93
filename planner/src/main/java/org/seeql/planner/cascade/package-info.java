/**
 * Cascades: each class of a predicate has a ladder of models, from cheap to expensive, with two
 * thresholds per model. A model answers the images that it is certain about, and the next model
 * receives the others. Thresholds and models are chosen on one half of a labelled sample. The other
 * half certifies the quality of the chosen plan with exact binomial limits.
 */
package org.seeql.planner.cascade;
