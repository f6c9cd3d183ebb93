package org.seeql.cli.command;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seeql.planner.statement.TableName;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Converts a table name of the command line: {@code images}, {@code db.images} or {@code `d b`.`my
 * images`}.
 */
final class TableNameConverter implements ITypeConverter<TableName> {
  private static final String PART = "([^`.]+|`(?:[^`]|``)+`)";
  private static final Pattern TABLE = Pattern.compile("(?:" + PART + "\\.)?" + PART);

  @Override
  public TableName convert(String text) {
    Matcher table = TABLE.matcher(text);
    if (!table.matches()) {
      throw new TypeConversionException(
          "'"
              + text
              + "' is not a table name (expected TABLE or DATABASE.TABLE; put a name that "
              + "contains a dot in backquotes)");
    }
    return new TableName(
        Optional.ofNullable(table.group(1)).map(TableNameConverter::unquote),
        unquote(table.group(2)));
  }

  private static String unquote(String part) {
    return part.startsWith("`") ? part.substring(1, part.length() - 1).replace("``", "`") : part;
  }
}
