/**
 * Records of a data set and its problems, independent of the format. Readers create them, and
 * {@code org.seeql.datasets.load} checks and writes them.
 */
package org.seeql.datasets.record;
