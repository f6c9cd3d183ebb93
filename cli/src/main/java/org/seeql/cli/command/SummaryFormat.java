package org.seeql.cli.command;

/** The format of a command's summary: text on standard error, or JSON on standard output. */
enum SummaryFormat {
  TEXT,
  JSON
}
