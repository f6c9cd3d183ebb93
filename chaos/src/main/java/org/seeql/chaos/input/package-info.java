/**
 * Suites of damaged images, large files and hostile names. {@link org.seeql.chaos.Chaos} selects
 * them.
 */
package org.seeql.chaos.input;
