package org.seeql.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import org.seeql.database.embedded.EmbeddedDatabase;
import org.seeql.database.jdbc.DatabaseConnector;

/** A database to connect to. Closing it stops the embedded server, never an external one. */
final class OpenDatabase implements AutoCloseable {
  private final DatabaseConnector connector;
  private final Optional<EmbeddedDatabase> embedded;

  private OpenDatabase(DatabaseConnector connector, Optional<EmbeddedDatabase> embedded) {
    this.connector = connector;
    this.embedded = embedded;
  }

  static OpenDatabase server(DatabaseConnector connector) {
    return new OpenDatabase(connector, Optional.empty());
  }

  static OpenDatabase embedded(EmbeddedDatabase database) {
    return new OpenDatabase(database.connector(), Optional.of(database));
  }

  DatabaseConnector connector() {
    return connector;
  }

  /** The data directory. Empty for an external server. */
  Optional<Path> directory() {
    return embedded.map(EmbeddedDatabase::directory);
  }

  @Override
  public void close() {
    embedded.ifPresent(EmbeddedDatabase::close);
  }
}
