package org.seeql.job.credential;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * The credentials that this JVM knows, by random ids. What a driver registers, its executors ask it
 * for over Spark's own connections. Thread-safe.
 */
public final class CredentialStore {
  private static final int ID_BYTES = 16;
  private static final CredentialStore OF_JVM = new CredentialStore();

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Credentials> byId = new HashMap<>();
  private final Map<Credentials, String> ids = new HashMap<>();

  CredentialStore() {}

  public static CredentialStore ofJvm() {
    return OF_JVM;
  }

  /** An id for which this JVM, and the executors of a driver, find the credentials. */
  public String register(Credentials credentials) {
    CredentialEndpoint.openOnDriver();
    synchronized (this) {
      return ids.computeIfAbsent(
          credentials,
          unknown -> {
            byte[] bytes = new byte[ID_BYTES];
            random.nextBytes(bytes);
            String id = HexFormat.of().formatHex(bytes);
            byId.put(id, credentials);
            return id;
          });
    }
  }

  /**
   * The credentials of an id, from the driver where this JVM does not know them.
   *
   * @throws IllegalStateException if nobody knows them
   */
  public Credentials find(String id) {
    synchronized (this) {
      Credentials known = byId.get(id);
      if (known != null) {
        return known;
      }
    }
    Credentials asked = CredentialEndpoint.askDriver(id);
    synchronized (this) {
      byId.put(id, asked);
    }
    return asked;
  }

  /** Those that this JVM itself knows; null where it does not. */
  synchronized Credentials known(String id) {
    return byId.get(id);
  }
}
