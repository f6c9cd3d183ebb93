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
      return new CsvPrinter(channel);
    }
  },
  JSON {
    @Override
    public RowPrinter on(Channel channel) {
      return new JsonPrinter(channel);
    }
  };

  /** A printer of this format; closing the channel is not its business. */
  public abstract RowPrinter on(Channel channel);
}
