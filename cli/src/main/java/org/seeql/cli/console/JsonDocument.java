package org.seeql.cli.console;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;

/**
 * The results of a program as one JSON document: an array with an object for each statement that
 * returns something, such as {@code {"statement": 2, "rows": […]}}. The document is complete even
 * if a later statement fails. If the first result cannot be read, nothing is printed.
 */
public final class JsonDocument implements AutoCloseable {
  private final PrintStream out;
  private final RowPrinter rows;
  private boolean begun;

  public JsonDocument(Channel channel) {
    this.out = requireNonNull(channel, "channel is null").stream();
    this.rows = new JsonPrinter(channel);
  }

  /** Adds the rows of a statement, and returns their number. */
  public long addRows(int statement, List<String> columns, Iterator<List<Object>> cells) {
    Iterator<List<Object>> readable = begun(cells);
    begin(statement, "rows");
    try {
      return rows.print(columns, readable);
    } finally {
      out.print("}");
    }
  }

  /** Adds the plan of a statement, which is JSON. */
  public void addPlan(int statement, String json) {
    begin(statement, "plan");
    out.print(json + "}");
  }

  /** Reads the first row, so that a failure before it prints nothing. */
  private static Iterator<List<Object>> begun(Iterator<List<Object>> cells) {
    if (!cells.hasNext()) {
      return cells;
    }
    List<Object> first = cells.next();
    return new Iterator<>() {
      private boolean isAtStart = true;

      @Override
      public boolean hasNext() {
        return isAtStart || cells.hasNext();
      }

      @Override
      public List<Object> next() {
        if (isAtStart) {
          isAtStart = false;
          return first;
        }
        return cells.next();
      }
    };
  }

  private void begin(int statement, String content) {
    out.print((begun ? ",\n" : "[\n") + "{\"statement\":" + statement + ",\"" + content + "\":");
    begun = true;
  }

  /** Completes the document of a program that has ended well, which may have no results. */
  public void finish() {
    if (!begun) {
      out.print("[");
      begun = true;
    }
  }

  @Override
  public void close() {
    if (begun) {
      out.print("]\n");
      out.flush();
      begun = false;
    }
  }
}
