package org.seeql.cli.console;

/** The formats of {@code --format}. */
public enum RowFormat {
  TABLE {
    @Override
    public RowPrinter on(Channel channel) {
      return new TablePrinter(channel);
    }
  },
  CSV {
    @Override
    public RowPrinter on(Channel channel) {
      return CsvPrinter.exact(channel);
    }
  },
  JSON {
    @Override
    public RowPrinter on(Channel channel) {
      return new JsonPrinter(channel);
    }
  };

  /** A printer of CSV whose cells no spreadsheet takes for formulas. */
  public static RowPrinter csvForSpreadsheets(Channel channel) {
    return CsvPrinter.safeForSpreadsheets(channel);
  }

  /** A printer of this format; closing the channel is not its business. */
  public abstract RowPrinter on(Channel channel);
}
