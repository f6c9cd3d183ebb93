package org.seeql.cli.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Converts a database name of the command line: {@code coco} or {@code `my data.set`}. */
final class DatabaseNameConverter implements ITypeConverter<String> {
  private static final Pattern NAME = Pattern.compile("[^`.]+|`((?:[^`]|``)+)`");

  @Override
  public String convert(String text) {
    Matcher name = NAME.matcher(text);
    if (!name.matches()) {
      throw new TypeConversionException(
          "'"
              + text
              + "' is not a database name (put a name that contains a dot in backquotes; the "
              + "tables are named images, annotations and so on)");
    }
    return name.group(1) == null ? text : name.group(1).replace("``", "`");
  }
}
