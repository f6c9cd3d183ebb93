package org.seeql.database.embedded;

import java.nio.file.Path;
import java.util.List;

/** The command line of a server whose files exist. */
interface ServerCommand {

  /**
   * @param port on 127.0.0.1
   * @param initialStatements a file, one statement per line, that the server runs before it listens
   */
  List<String> line(int port, Path initialStatements);
}
