package org.seeql.database.credential;

import java.util.Optional;
import java.util.ServiceLoader;

/**
 * How the processes of one application exchange credentials. Found as a service: the job registers
 * the one that uses Spark's connections. Thread-safe.
 */
public interface CredentialExchange {

  /** Lets other processes of the application request credentials from this one. */
  void open();

  /**
   * Requests the credentials of an id from the process that registered them.
   *
   * @throws IllegalStateException if no process can be asked, or it does not know the id
   */
  Credentials request(String id);

  /** The registered exchange; empty in an application of one process. */
  static Optional<CredentialExchange> find() {
    return ServiceLoader.load(CredentialExchange.class, CredentialExchange.class.getClassLoader())
        .findFirst();
  }
}
