package org.seeql.database.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
  private static final Credentials SECRET =
      new Credentials("Hunter2", Map.of("clientCertificateKeyStorePassword", "Hunter3"));

  @TempDir private Path directory;

  @Test
  void areSerializedWithoutTheirSecrets() throws Exception {
    byte[] serialized = serialized(SECRET);

    assertThat(new String(serialized, StandardCharsets.ISO_8859_1)).doesNotContain("Hunter");
    assertThat(read(serialized)).isEqualTo(SECRET);
    assertThat(SECRET).hasToString("credentials");
  }

  @Test
  void areNotFoundByAnotherId() throws Exception {
    byte[] serialized = serialized(SECRET);
    String id = CredentialStore.ofJvm().register(SECRET);
    byte[] changed =
        new String(serialized, StandardCharsets.ISO_8859_1)
            .replace(id, "0".repeat(id.length()))
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> read(changed))
        .isInstanceOf(InvalidObjectException.class)
        .hasMessage("the credentials are unknown in this JVM");
  }

  @Test
  void areReadFromAFileAndTheEnvironment() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("secrets"),
            "Hunter2\nclientCertificateKeyStorePassword=a=b \n\ntrustCertificateKeyStorePassword=\n");

    assertThat(
            CredentialSource.ofFile(
                file,
                variable(
                    Map.of(
                        "SEEQL_DATABASE_PASSWORD", "unused",
                        "SEEQL_DATABASE_KEY_STORE_PASSWORD", "weaker"))))
        .isEqualTo(
            new Credentials(
                "Hunter2",
                Map.of(
                    "clientCertificateKeyStorePassword", "a=b ",
                    "trustCertificateKeyStorePassword", "")));
  }

  @Test
  void areReadFromTheEnvironment() {
    assertThat(
            CredentialSource.ofEnvironment(
                variable(
                    Map.of(
                        "SEEQL_DATABASE_PASSWORD", "Hunter2",
                        "SEEQL_DATABASE_TRUST_STORE_PASSWORD", "Hunter3"))))
        .isEqualTo(
            new Credentials("Hunter2", Map.of("trustCertificateKeyStorePassword", "Hunter3")));
    assertThat(CredentialSource.ofEnvironment(variable(Map.of()))).isEqualTo(Credentials.of(""));
  }

  @Test
  void refusesALineThatIsNotASecretWithoutShowingIt() throws IOException {
    Path file = Files.writeString(directory.resolve("secrets"), "Hunter2\nHunter3\n");

    assertThatThrownBy(() -> CredentialSource.ofFile(file, variable(Map.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "line 2 is not a secret setting of the driver (NAME=VALUE, for example"
                + " clientCertificateKeyStorePassword=… or trustCertificateKeyStorePassword=…)");
  }

  private static Function<String, Optional<String>> variable(Map<String, String> environment) {
    return name -> Optional.ofNullable(environment.get(name));
  }

  private static byte[] serialized(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static Object read(byte[] serialized) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(serialized))) {
      return in.readObject();
    }
  }
}
