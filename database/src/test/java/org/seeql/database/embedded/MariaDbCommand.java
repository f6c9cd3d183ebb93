package org.seeql.database.embedded;

import java.nio.file.Path;
import java.util.List;

/** MariaDB as the embedded database runs it, on a port of the caller's choice. */
record MariaDbCommand(DataDirectory directory) implements ServerCommand {

  /** Makes the files. */
  static MariaDbCommand install(Path directory) {
    EmbeddedDatabase.start(directory).close();
    return new MariaDbCommand(DataDirectory.open(directory));
  }

  @Override
  public List<String> line(int port, Path initialStatements) {
    return ServerOptions.command(ServerBinaries.load(), directory, port, initialStatements);
  }
}
