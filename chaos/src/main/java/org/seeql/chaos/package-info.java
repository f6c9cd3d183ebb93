/**
 * The chaos tests: their suites, amounts, working folders and figures. {@code chaos/run} starts
 * them.
 */
package org.seeql.chaos;
