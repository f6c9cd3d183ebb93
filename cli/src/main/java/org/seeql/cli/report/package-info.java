/** The HTML page of a run. The subcommands {@code report} and {@code demo} write it. */
package org.seeql.cli.report;
