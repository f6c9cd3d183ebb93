package org.seeql.database.credential;

import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Exchanges credentials between the processes of one application. The implementation is found as a
 * service: the job module registers one that uses Spark's connections. Thread-safe.
 */
public interface CredentialExchange {

  /** Lets other processes of the application request credentials from this process. */
  void open();

  /**
   * Requests the credentials with an id from the process that registered them.
   *
   * @throws IllegalStateException if that process cannot be reached or does not know the id
   */
  Credentials request(String id);

  /** The registered exchange; empty in an application with a single process. */
  static Optional<CredentialExchange> find() {
    return ServiceLoader.load(CredentialExchange.class, CredentialExchange.class.getClassLoader())
        .findFirst();
  }
}
