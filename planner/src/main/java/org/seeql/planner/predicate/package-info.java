/**
 * Predicates over classes and their Boolean functions, as reduced decision diagrams. The parser
 * creates predicates, and the optimizer and {@code job} evaluate them.
 */
package org.seeql.planner.predicate;
