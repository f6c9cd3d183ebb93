package org.seeql.cli.command;

import static java.util.Objects.requireNonNull;

/**
 * A value of a configuration file.
 *
 * @param source the file, and the profile if it is in one
 */
record Setting(String value, String source) {
  Setting {
    requireNonNull(value, "value is null");
    requireNonNull(source, "source is null");
  }
}
