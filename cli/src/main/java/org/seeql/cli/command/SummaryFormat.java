package org.seeql.cli.command;

/** How a command tells what it did: to people on standard error, or to programs. */
enum SummaryFormat {
  TEXT,
  JSON
}
