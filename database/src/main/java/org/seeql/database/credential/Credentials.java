package org.seeql.database.credential;

import static java.util.Objects.requireNonNull;

import java.io.InvalidObjectException;
import java.io.Serializable;
import java.util.Map;

/**
 * What proves to a database who connects. Its serialized form holds no secret but a random id, for
 * which a JVM that reads it gets the secrets from {@link CredentialStore}: so they are in no task,
 * broadcast, event or page of Spark. Thread-safe.
 *
 * @param settings further settings of the database's driver that are secret, such as the password
 *     of a key store, by their names
 */
public record Credentials(String password, Map<String, String> settings) implements Serializable {
  private static final long serialVersionUID = 1L;

  public Credentials {
    requireNonNull(password, "password is null");
    settings = Map.copyOf(settings);
  }

  /** A password alone. */
  public static Credentials of(String password) {
    return new Credentials(password, Map.of());
  }

  private Object writeReplace() {
    return new Reference(CredentialStore.ofJvm().register(this));
  }

  /** What travels instead. */
  private record Reference(String id) implements Serializable {
    private static final long serialVersionUID = 1L;

    private Object readResolve() throws InvalidObjectException {
      try {
        return CredentialStore.ofJvm().find(id);
      } catch (IllegalStateException e) {
        throw (InvalidObjectException) new InvalidObjectException(e.getMessage()).initCause(e);
      }
    }
  }

  @Override
  public String toString() {
    return "credentials";
  }
}
