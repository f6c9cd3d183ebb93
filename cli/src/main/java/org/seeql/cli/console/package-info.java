/**
 * Output on a terminal or in a file: rows, progress and summaries. The subcommands print through
 * it.
 */
package org.seeql.cli.console;
