/**
 * The parser: a program's text becomes statements, and errors point at line and column. The command
 * line, the Spark extension and the launcher parse with it.
 */
package org.seeql.planner.parser;
