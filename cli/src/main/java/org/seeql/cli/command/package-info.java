/**
 * The subcommands of {@code seeql}, with their options. The script {@code seeql} starts the class
 * {@link org.seeql.cli.command.Seeql}.
 */
package org.seeql.cli.command;
