package org.seeql.datasets.export;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Writer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seeql.database.RefusalException;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseErrors;
import org.seeql.database.jdbc.DatabaseSession;
import org.seeql.database.ledger.ExistingTable;
import org.seeql.database.ledger.ImageRoots;
import org.seeql.datasets.load.DataSetTables;
import org.seeql.datasets.sql.RowText;
import org.seeql.planner.statement.TableName;

/**
 * Writes the tables of a data set as an SQL script that the clients of MySQL and MariaDB can load.
 * All tables are from one consistent snapshot.
 */
public final class SqlScriptExport {
  private static final int FETCH_ROWS = 1_000;
  private static final int MAX_CHARACTERS = 1 << 19;
  // The time zone of timestamps: it has no hour that occurs twice.
  private static final String TIME_ZONE = "+00:00";

  private final DatabaseConnector database;

  public SqlScriptExport(DatabaseConnector database) {
    this.database = requireNonNull(database, "database is null");
  }

  /** The database into which the script loads the tables. */
  public enum Into {
    /** A database with the same name, which the script creates. */
    DATABASE,
    /** The current database of the client. */
    ANY
  }

  /**
   * Exports a data set.
   *
   * @param out must encode as UTF-8; stays open
   * @return the number of written rows
   * @throws RefusalException if the database has none of a data set's tables
   */
  public long write(String dataSet, Into into, Writer out) throws IOException {
    try (DatabaseSession session = DatabaseSession.openForReading(database)) {
      List<TableName> tables = tables(session, dataSet);
      session.execute("SET time_zone = '" + TIME_ZONE + "'");
      session.execute("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      session.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
      begin(session, dataSet, into, out);
      for (int i = tables.size() - 1; i >= 0; i--) {
        out.write("DROP TABLE IF EXISTS " + TableName.quote(tables.get(i).name()) + ";\n");
      }
      long rows = 0;
      for (TableName table : tables) {
        rows += write(session, table, out);
      }
      out.write(
          """

          SET TIME_ZONE = @seeql_time_zone;
          SET FOREIGN_KEY_CHECKS = @seeql_foreign_key_checks;
          SET SQL_MODE = @seeql_sql_mode;
          """);
      return rows;
    } catch (SQLException e) {
      throw DatabaseErrors.refused("Cannot export " + dataSet, e);
    }
  }

  private static List<TableName> tables(DatabaseSession session, String dataSet)
      throws SQLException {
    List<TableName> tables = new ArrayList<>();
    for (String name : DataSetTables.NAMES) {
      TableName table = TableName.of(dataSet, name);
      if (ExistingTable.find(session, table).filter(t -> !t.isView()).isPresent()) {
        tables.add(table);
      }
    }
    if (tables.isEmpty()) {
      throw new RefusalException(
          "Cannot export %s: it has no table %s"
              .formatted(dataSet, String.join(", ", DataSetTables.NAMES)));
    }
    return tables;
  }

  private static void begin(DatabaseSession session, String dataSet, Into into, Writer out)
      throws SQLException, IOException {
    out.write("-- Data set " + oneLine(dataSet) + ", written by seeql export sql\n");
    Optional<String> root =
        ImageRoots.find(session, List.of(TableName.of(dataSet, "images")), Optional.empty())
            .stream()
            .findFirst();
    if (root.isPresent()) {
      out.write(
          "-- Its images were in "
              + oneLine(root.get())
              + "; set --image_dir to their present folder\n");
    }
    out.write(
        """

        SET NAMES utf8mb4;
        SET @seeql_sql_mode = @@SQL_MODE, SQL_MODE = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO';
        SET @seeql_foreign_key_checks = @@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS = 0;
        SET @seeql_time_zone = @@TIME_ZONE, TIME_ZONE = '%s';

        """
            .formatted(TIME_ZONE));
    if (into == Into.DATABASE) {
      String name = TableName.quote(dataSet);
      out.write("CREATE DATABASE IF NOT EXISTS " + name + " CHARACTER SET utf8mb4;\n");
      out.write("USE " + name + ";\n\n");
    }
  }

  /** Removes line breaks, because a comment ends at the end of its line. */
  private static String oneLine(String text) {
    return text.replaceAll("\\R", " ");
  }

  private static long write(DatabaseSession session, TableName table, Writer out)
      throws SQLException, IOException {
    String definition =
        session
            .findFirst("SHOW CREATE TABLE " + table.quoted(), row -> row.getString(2))
            .orElseThrow();
    out.write("\n" + definition + ";\n\n");
    List<ExportedColumn> columns = ExportedColumn.list(session, table);
    String names =
        columns.stream()
            .map(column -> TableName.quote(column.name()))
            .collect(Collectors.joining(", "));
    String values =
        columns.stream().map(ExportedColumn::expression).collect(Collectors.joining(", "));
    String insert = "INSERT INTO %s (%s) VALUES\n".formatted(TableName.quote(table.name()), names);
    try (PreparedStatement select =
        session.prepare("SELECT " + values + " FROM " + table.quoted())) {
      select.setFetchSize(FETCH_ROWS);
      try (ResultSet rows = select.executeQuery()) {
        return write(rows, insert, out);
      }
    }
  }

  private static long write(ResultSet rows, String insert, Writer out)
      throws SQLException, IOException {
    ResultSetMetaData columns = rows.getMetaData();
    RowText text = new RowText();
    long written = 0;
    while (rows.next()) {
      text.beginRow();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        write(rows, i, columns.getColumnType(i), text);
      }
      text.endRow();
      written++;
      if (text.length() >= MAX_CHARACTERS) {
        out.write(insert + text + ";\n");
        text.clear();
      }
    }
    if (text.rows() > 0) {
      out.write(insert + text + ";\n");
    }
    return written;
  }

  private static void write(ResultSet rows, int column, int type, RowText text)
      throws SQLException {
    switch (type) {
      case Types.DOUBLE, Types.FLOAT, Types.REAL -> {
        double value = rows.getDouble(column);
        if (rows.wasNull()) {
          text.nothing();
        } else {
          text.number(value);
        }
      }
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT, Types.DECIMAL -> {
        String value = rows.getString(column);
        if (value == null) {
          text.nothing();
        } else {
          text.literal(value);
        }
      }
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB, Types.BIT -> {
        byte[] value = rows.getBytes(column);
        if (value == null) {
          text.nothing();
        } else {
          text.bytes(value);
        }
      }
      default -> text.text(Optional.ofNullable(rows.getString(column)));
    }
  }
}
