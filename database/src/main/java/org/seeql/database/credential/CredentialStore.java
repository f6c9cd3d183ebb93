package org.seeql.database.credential;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The credentials that this JVM knows, by random ids. It requests credentials of other processes
 * through the {@link CredentialExchange}. Thread-safe.
 */
public final class CredentialStore {
  private static final int ID_BYTES = 16;
  private static final CredentialStore OF_JVM = new CredentialStore(CredentialExchange.find());

  private final Optional<CredentialExchange> exchange;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Credentials> byId = new HashMap<>();
  private final Map<Credentials, String> ids = new HashMap<>();

  CredentialStore(Optional<CredentialExchange> exchange) {
    this.exchange = requireNonNull(exchange, "exchange is null");
  }

  public static CredentialStore ofJvm() {
    return OF_JVM;
  }

  /**
   * Registers credentials under an id that this JVM and other processes of the application can look
   * up.
   */
  public String register(Credentials credentials) {
    exchange.ifPresent(CredentialExchange::open);
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
   * Finds the credentials with an id. If this JVM does not know them, they are requested from
   * another process.
   *
   * @throws IllegalStateException if they are unknown
   */
  public Credentials find(String id) {
    synchronized (this) {
      Credentials known = byId.get(id);
      if (known != null) {
        return known;
      }
    }
    Credentials received =
        exchange
            .orElseThrow(() -> new IllegalStateException("the credentials are unknown in this JVM"))
            .request(id);
    synchronized (this) {
      byId.put(id, received);
    }
    return received;
  }

  /** Finds credentials that are known in this JVM, without a request to another process. */
  public synchronized Optional<Credentials> findRegistered(String id) {
    return Optional.ofNullable(byId.get(id));
  }
}
