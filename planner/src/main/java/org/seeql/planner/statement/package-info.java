/**
 * Statements as the parser returns them, one record per kind. Planners, {@code job} and the
 * launcher take them as input.
 */
package org.seeql.planner.statement;
