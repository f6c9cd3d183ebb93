package org.seeql.planner.statement;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The flags of a session's {@code sql_mode} that affect parsing.
 *
 * @param flags that are set
 */
public record SqlMode(Set<Flag> flags) {
  /** The mode of a server with default settings. */
  public static final SqlMode DEFAULT = new SqlMode(Set.of());

  /** Combination modes that include ANSI_QUOTES, and ANSI_QUOTES itself. */
  private static final Set<String> WITH_ANSI_QUOTES =
      Set.of("ANSI_QUOTES", "ANSI", "DB2", "MAXDB", "MSSQL", "ORACLE", "POSTGRESQL");

  /** A flag that changes the syntax of strings and names. */
  public enum Flag {
    /** Double quotes delimit identifiers, not strings. */
    ANSI_QUOTES(1L << 2),
    /** A backslash in a string is an ordinary character. */
    NO_BACKSLASH_ESCAPES(1L << 20);

    // from sql/sql_class.h of MySQL and MariaDB, for SET sql_mode = NUMBER
    private final long bit;

    Flag(long bit) {
      this.bit = bit;
    }
  }

  public SqlMode {
    flags = Set.copyOf(flags);
  }

  /** Parses a comma-separated list of modes, as the server prints it; other modes are ignored. */
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

  /** Decodes the server's number for a set of modes. */
  public static SqlMode ofBits(long bits) {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    for (Flag flag : Flag.values()) {
      if ((bits & flag.bit) != 0) {
        flags.add(flag);
      }
    }
    return new SqlMode(flags);
  }

  /** All combinations of flags, the default first. */
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

  /** The union of the flags. */
  public SqlMode with(SqlMode other) {
    Set<Flag> both = EnumSet.noneOf(Flag.class);
    both.addAll(flags);
    both.addAll(other.flags);
    return new SqlMode(both);
  }

  /** The flags of this mode that are not in the other. */
  public SqlMode without(SqlMode other) {
    Set<Flag> rest = EnumSet.noneOf(Flag.class);
    flags.stream().filter(flag -> !other.has(flag)).forEach(rest::add);
    return new SqlMode(rest);
  }

  /** The list of flags in the server's format. */
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
