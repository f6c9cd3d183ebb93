package org.seeql.planner.statement;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What of a session's {@code sql_mode} decides how text is read.
 *
 * @param flags that are on
 */
public record SqlMode(Set<Flag> flags) {
  /** That of a server whose settings nobody has changed. */
  public static final SqlMode DEFAULT = new SqlMode(Set.of());

  /** Modes that stand for several, among them ANSI_QUOTES. */
  private static final Set<String> WITH_ANSI_QUOTES =
      Set.of("ANSI_QUOTES", "ANSI", "DB2", "MAXDB", "MSSQL", "ORACLE", "POSTGRESQL");

  /** A mode that changes how strings and names are written. */
  public enum Flag {
    /** Double quotes make a name. */
    ANSI_QUOTES(1L << 2),
    /** A backslash in a string is a character like any other. */
    NO_BACKSLASH_ESCAPES(1L << 20);

    // sql/sql_class.h of MySQL and MariaDB, for SET sql_mode = NUMBER
    private final long bit;

    Flag(long bit) {
      this.bit = bit;
    }
  }

  public SqlMode {
    flags = Set.copyOf(flags);
  }

  /**
   * Of a list of modes with commas in between, as the server prints it; others count for nothing.
   */
  public static SqlMode parse(String modes) {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    for (String mode : modes.toUpperCase(Locale.ROOT).split(",", -1)) {
      if (WITH_ANSI_QUOTES.contains(mode.strip())) {
        flags.add(Flag.ANSI_QUOTES);
      } else if (mode.strip().equals(Flag.NO_BACKSLASH_ESCAPES.name())) {
        flags.add(Flag.NO_BACKSLASH_ESCAPES);
      }
    }
    return new SqlMode(flags);
  }

  /** Of the number that the server has for a set of modes. */
  public static SqlMode ofBits(long bits) {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    for (Flag flag : Flag.values()) {
      if ((bits & flag.bit) != 0) {
        flags.add(flag);
      }
    }
    return new SqlMode(flags);
  }

  /** All that there are, the default first. */
  public static List<SqlMode> all() {
    List<SqlMode> all = new ArrayList<>();
    all.add(DEFAULT);
    for (Flag flag : Flag.values()) {
      all.add(new SqlMode(Set.of(flag)));
    }
    all.add(new SqlMode(EnumSet.allOf(Flag.class)));
    return all;
  }

  public boolean has(Flag flag) {
    return flags.contains(flag);
  }

  /** The flags of either. */
  public SqlMode with(SqlMode other) {
    Set<Flag> both = EnumSet.noneOf(Flag.class);
    both.addAll(flags);
    both.addAll(other.flags);
    return new SqlMode(both);
  }

  /** The flags that another does not have. */
  public SqlMode without(SqlMode other) {
    Set<Flag> rest = EnumSet.noneOf(Flag.class);
    flags.stream().filter(flag -> !other.has(flag)).forEach(rest::add);
    return new SqlMode(rest);
  }

  /** As the server would print it. */
  @Override
  public String toString() {
    List<String> names = new ArrayList<>();
    for (Flag flag : Flag.values()) {
      if (has(flag)) {
        names.add(flag.name());
      }
    }
    return String.join(",", names);
  }
}
