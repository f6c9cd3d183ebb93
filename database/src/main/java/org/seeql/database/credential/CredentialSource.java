package org.seeql.database.credential;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads credentials from a file or from environment variables. */
public final class CredentialSource {
  private static final String PASSWORD = "SEEQL_DATABASE_PASSWORD";
  private static final String KEY_STORE_SETTING = "clientCertificateKeyStorePassword";
  private static final String TRUST_STORE_SETTING = "trustCertificateKeyStorePassword";

  private static final Map<String, String> SETTINGS =
      Map.of(
          "SEEQL_DATABASE_KEY_STORE_PASSWORD", KEY_STORE_SETTING,
          "SEEQL_DATABASE_TRUST_STORE_PASSWORD", TRUST_STORE_SETTING);

  private CredentialSource() {}

  /**
   * Reads the credentials from environment variables.
   *
   * @param variable the value of a variable; empty if it is not set
   */
  public static Credentials ofEnvironment(Function<String, Optional<String>> variable) {
    return new Credentials(variable.apply(PASSWORD).orElse(""), settings(variable));
  }

  /** Like {@link #ofEnvironment}, but with the given password. */
  public static Credentials ofPassword(
      String password, Function<String, Optional<String>> variable) {
    return new Credentials(password, settings(variable));
  }

  /**
   * Reads the credentials from a file. The first line is the password. Each further line is a
   * secret setting of the database's driver, {@code NAME=VALUE}. Environment variables provide the
   * settings that the file does not contain.
   *
   * @throws IllegalArgumentException if a line has another form
   */
  public static Credentials ofFile(Path file, Function<String, Optional<String>> variable)
      throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    Map<String, String> settings = new HashMap<>(settings(variable));
    for (int i = 1; i < lines.size(); i++) {
      String[] setting = lines.get(i).split("=", 2);
      String name = setting[0].strip();
      if (setting.length == 2 && Redaction.isSecret(name)) {
        settings.put(name, setting[1]);
      } else if (!lines.get(i).isBlank()) {
        throw new IllegalArgumentException(
            "line %d is not a secret setting of the driver (NAME=VALUE, for example %s)"
                .formatted(
                    i + 1,
                    Stream.of(KEY_STORE_SETTING, TRUST_STORE_SETTING)
                        .map(known -> known + "=…")
                        .collect(joining(" or "))));
      }
    }
    return new Credentials(lines.isEmpty() ? "" : lines.get(0), settings);
  }

  private static Map<String, String> settings(Function<String, Optional<String>> variable) {
    Map<String, String> settings = new HashMap<>();
    SETTINGS.forEach(
        (name, setting) -> variable.apply(name).ifPresent(value -> settings.put(setting, value)));
    return settings;
  }
}
