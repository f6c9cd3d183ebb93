/** Suites of mutated model files. {@link org.seeql.chaos.Chaos} selects them. */
package org.seeql.chaos.model;
