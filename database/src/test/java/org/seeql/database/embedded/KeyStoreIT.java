package org.seeql.database.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seeql.database.credential.Credentials;
import org.seeql.database.jdbc.DatabaseConnector;
import org.seeql.database.jdbc.DatabaseSession;

/** Tests a client certificate in a key store with a password, over TLS to a real server. */
class KeyStoreIT {
  private static final String PASSWORD = "Hunter2";

  @TempDir static Path directory;

  private static Process server;
  private static int port;
  private static String account;

  @BeforeAll
  static void startServerWithTls() throws Exception {
    KeyStore clients = makeKeyStore("client");
    KeyStore keys = makeKeyStore("server");
    DataDirectory data = DataDirectory.open(directory.resolve("data"));
    try (EmbeddedDatabase made = EmbeddedDatabase.start(data.root())) {
      account = made.connector().password();
    }
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    List<String> command =
        new ArrayList<>(
            ServerOptions.command(
                ServerBinaries.load(),
                data,
                port,
                Files.createFile(directory.resolve("none.sql"))));
    command.remove("--skip-ssl");
    command.add("--ssl-ca=" + certificate("client", clients));
    command.add("--ssl-cert=" + certificate("server", keys));
    command.add(
        "--ssl-key="
            + pem("server.key", "PRIVATE KEY", keys.getKey("server", password()).getEncoded()));
    server =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("server.log").toFile())
            .start();
    await()
        .atMost(Duration.ofMinutes(2))
        .ignoreExceptionsInstanceOf(SQLException.class)
        .until(() -> cipher(connector(PASSWORD)) != null);
  }

  @AfterAll
  static void stopServer() throws InterruptedException {
    if (server != null) {
      server.destroy();
      server.waitFor(1, TimeUnit.MINUTES);
    }
  }

  @Test
  void opensAProtectedKeyStore() throws SQLException {
    assertThat(cipher(connector(PASSWORD))).startsWith("TLS");
  }

  @Test
  void refusesTheWrongPasswordWithoutShowingIt() {
    assertThatThrownBy(() -> cipher(connector("Hunter3")))
        .isInstanceOf(SQLException.class)
        .satisfies(e -> assertThat(e + " " + e.getCause()).doesNotContain("Hunter"));
  }

  private static String cipher(DatabaseConnector connector) throws SQLException {
    try (DatabaseSession session = DatabaseSession.open(connector)) {
      return session
          .findFirst("SHOW SESSION STATUS LIKE 'Ssl_cipher'", row -> row.getString(2))
          .orElseThrow();
    }
  }

  private static DatabaseConnector connector(String keyStorePassword) {
    return new DatabaseConnector(
        "jdbc:mysql://127.0.0.1:%d/main?sslMode=REQUIRED&clientCertificateKeyStoreType=PKCS12"
                .formatted(port)
            + "&clientCertificateKeyStoreUrl="
            + directory.resolve("client.p12").toUri(),
        DataDirectory.USER,
        new Credentials(account, Map.of("clientCertificateKeyStorePassword", keyStorePassword)));
  }

  private static KeyStore makeKeyStore(String name) throws Exception {
    Path file = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-alias",
                name,
                "-dname",
                "CN=" + name,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, password());
    }
    return keys;
  }

  private static char[] password() {
    return PASSWORD.toCharArray();
  }

  private static Path certificate(String name, KeyStore keys) throws Exception {
    return pem(name + ".crt", "CERTIFICATE", keys.getCertificate(name).getEncoded());
  }

  private static Path pem(String file, String kind, byte[] encoded) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return Files.writeString(
        directory.resolve(file),
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, base64));
  }
}
