package org.seeql.database.credential;

import static java.util.Objects.requireNonNull;

import java.io.InvalidObjectException;
import java.io.Serializable;
import java.util.Map;

/**
 * The secrets that authenticate a user to a database. The serialized form contains a random id
 * instead of the secrets. A JVM that deserializes it gets the secrets from {@link CredentialStore}.
 * Tasks, broadcasts, events and web pages of Spark therefore contain no secrets. Thread-safe.
 *
 * @param settings further secret settings of the database's driver by name, such as the password of
 *     a key store
 */
public record Credentials(String password, Map<String, String> settings) implements Serializable {
  private static final long serialVersionUID = 1L;

  public Credentials {
    requireNonNull(password, "password is null");
    settings = Map.copyOf(settings);
  }

  /** Credentials with only a password. */
  public static Credentials of(String password) {
    return new Credentials(password, Map.of());
  }

  private Object writeReplace() {
    return new Reference(CredentialStore.ofJvm().register(this));
  }

  /** The serialized form. */
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
