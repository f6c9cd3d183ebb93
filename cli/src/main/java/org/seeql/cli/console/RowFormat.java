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
  },
  JSONL {
    @Override
    public RowPrinter on(Channel channel) {
      return new JsonLinesPrinter(channel);
    }
  },
  TSV {
    @Override
    public RowPrinter on(Channel channel) {
      return new TsvPrinter(channel);
    }
  },
  MARKDOWN {
    @Override
    public RowPrinter on(Channel channel) {
      return new MarkdownPrinter(channel);
    }
  };

  /** Whether results are JSON: {@link #JSON} or {@link #JSONL}. */
  public boolean isJson() {
    return this == JSON || this == JSONL;
  }

  /** A CSV printer that prevents spreadsheets from evaluating cells as formulas. */
  public static RowPrinter csvForSpreadsheets(Channel channel) {
    return CsvPrinter.safeForSpreadsheets(channel);
  }

  /** A printer of this format. It does not close the channel. */
  public abstract RowPrinter on(Channel channel);
}
