package org.seeql.database.embedded;

import java.nio.file.Path;
import java.util.List;

/** MariaDB as in the embedded database, on a port chosen by the caller. */
record MariaDbCommand(DataDirectory directory) implements ServerCommand {

  /** Creates the server's files. */
  static MariaDbCommand install(Path directory) {
    EmbeddedDatabase.start(directory).close();
    return new MariaDbCommand(DataDirectory.open(directory));
  }

  @Override
  public List<String> line(int port, Path initialStatements) {
    return ServerOptions.command(ServerBinaries.load(), directory, port, initialStatements);
  }
}
