package org.seeql.cli.command;

import picocli.CommandLine.ITypeConverter;

/**
 * Converts a run id of the command line. Whitespace around it is removed, because a shell keeps the
 * carriage return at the end of a line of CSV.
 */
final class RunIdConverter implements ITypeConverter<String> {

  @Override
  public String convert(String text) {
    return text.strip();
  }
}
