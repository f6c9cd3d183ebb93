package org.seeql.database.credential;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  /** {@code Hunter2} is the password in each text. */
  static final String[] HOSTILE = {
    "mysql://u:Hunter2@h/x",
    "jdbc:mysql://u:Hunter2@h:3306/x",
    "jdbc:mysql://u:Hunter2@h1,u:Hunter2@h2/x",
    "jdbc:mariadb://h/x?user=u&password=Hunter2",
    "jdbc:mariadb:loadbalance://u:Hunter2@h/x",
    "jdbc:mysql:loadbalance://u:Hunter2@h1,h2/x",
    "jdbc:mysql:replication://h1,h2/x?password=Hunter2",
    "mysql+srv://u:Hunter2@h/x",
    "jdbc:mysql+srv://u:Hunter2@h/x",
    "mysqlx://u:Hunter2@h:33060/x",
    "jdbc:mysql://h/x?Password=Hunter2",
    "jdbc:mysql://h/x?a=b&password1=Hunter2&c=d",
    "jdbc:mysql://h/x?password = Hunter2",
    "jdbc:mysql://h/x?pass%77ord=Hunter2",
    "jdbc:mysql://h/x?%70%61%73%73%77%6F%72%64=Hunter2",
    "jdbc:mysql://h/x?pass%2577ord=Hunter2",
    "jdbc:mysql://h/x?password%3DHunter2",
    "jdbc:mysql://u%3AHunter2%40h/x",
    "jdbc:mysql://(host=h,port=1,user=u,password=Hunter2)/x",
    "jdbc:mysql://address=(host=h)(port=1)(user=u)(password=Hunter2)/x",
    "jdbc:mysql://[(host=h1,password=Hunter2),(host=h2,password=Hunter2)]/x",
    "jdbc:mysql://u:Hunter2@(host=h)/x",
    "jdbc:mysql://u:Hunter2@[h1,h2]/x",
    "jdbc:mysql://u:p/Hunter2@h/x",
    "jdbc:mysql://u:p?Hunter2@h/x",
    "jdbc:mysql://u:p#Hunter2@h/x",
    "jdbc:mysql://u:p@Hunter2@h/x",
    "jdbc:mysql://:Hunter2@h/x",
    "jdbc:mysql://h/x?clientCertificateKeyStorePassword=Hunter2",
    "jdbc:mysql://h/x?trustCertificateKeyStorePassword=Hunter2&sslMode=VERIFY_CA",
    "jdbc:mysql://h/x?xdevapi.ssl-keystore-password=Hunter2",
    "jdbc:mysql://h/x?password=\"Hunter2\"",
    "jdbc:mysql://h/x?password='Hunter2'",
    "https://u:Hunter2@h/x"
  };

  @ParameterizedTest
  @FieldSource("HOSTILE")
  void removesThePasswordFromAnExceptionThatQuotesTheUrl(String url) {
    String shown = Redaction.of("The connection string '" + url + "' is malformed near " + url);

    assertThat(shown).doesNotContain("Hunter2").contains("malformed");
  }

  @ParameterizedTest
  @FieldSource("HOSTILE")
  void removesThePasswordFromTheUrl(String url) {
    assertThat(Redaction.ofUrl(url)).doesNotContain("Hunter2");
    assertThat(Redaction.ofUrl("  " + url)).doesNotContain("Hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Hunter2", "u:Hunter2", "u:Hunter2@h/x", "u/Hunter2@//h:1521/x", ""})
  void hidesATextThatIsNotAUrl(String text) {
    assertThat(Redaction.ofUrl(text)).doesNotContain("Hunter2");
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://db/x, jdbc:postgresql://db/x",
    "jdbc:mysql://db:3306/x?a=b, jdbc:mysql://db:3306/x",
    "mysql://u:p@h:1/x, mysql://***@h:1/x",
    "jdbc:mysql://u:p@h/x?password=y, jdbc:mysql://***…",
    "jdbc:mysql://h:p/x, jdbc:mysql://…"
  })
  void showsUrlsThatContainNoSecret(String url, String shown) {
    assertThat(Redaction.ofUrl(url)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Access denied for user 'u'@'h' (using password: YES)",
        "Cannot read s3a://bucket/photos@2x/a.jpg: there is no such file",
        "Cannot connect to jdbc:mysql://h:3306/x as 'u': no server answers at this address",
        "Unknown model 'sentinell'; known: sentinel",
        "100 % of 24 images failed",
        "passwordCharacterEncoding=UTF-8"
      })
  void keepsOtherText(String text) {
    assertThat(Redaction.of(text)).isEqualTo(text);
  }

  @Test
  void isFastForALongText() {
    String text = "//a:".repeat(20_000) + "password".repeat(20_000) + "%41".repeat(20_000);

    assertThat(Redaction.of(text)).isNotEmpty();
    assertThat(Redaction.ofUrl("jdbc:mysql://" + text)).isNotEmpty();
  }
}
