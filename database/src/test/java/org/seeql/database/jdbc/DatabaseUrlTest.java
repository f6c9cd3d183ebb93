package org.seeql.database.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seeql.database.jdbc.DatabaseUrl.UrlProblem;

class DatabaseUrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://h",
        "jdbc:mysql://h/x",
        "jdbc:mysql:///x",
        "jdbc:mysql://h.example.org:3306/x-y",
        "jdbc:mysql://127.0.0.1:3306/x?sslMode=DISABLED",
        "jdbc:mysql://[::1]:3306/x",
        "jdbc:mysql://h1:1,h2/x?a=b&c=d&",
        "jdbc:mysql://address=(host=h)(port=1)/x",
        "jdbc:mysql://(host=h,port=1),(host=i,port=1)/x",
        "jdbc:mysql://h/x?user=a@b",
        "jdbc:mysql://h/x?passwordCharacterEncoding=UTF-8&disconnectOnExpiredPasswords=true",
        "jdbc:mysql://h/x?clientCertificateKeyStoreUrl=file:/k.p12"
      })
  void acceptsUrlsOfMysql(String url) {
    assertThat(DatabaseUrl.findProblem(url)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:mysql://u:p@h/x, HOLDS_PASSWORD",
    "jdbc:mysql://h/x?password=p, HOLDS_PASSWORD",
    "mysql://u:p@h/x, HOLDS_PASSWORD",
    "jdbc:mysql://u@h/x, HOLDS_USER",
    "mysql://h/x, NOT_OF_MYSQL",
    "jdbc:mariadb://h/x, NOT_OF_MYSQL",
    "jdbc:mysql:loadbalance://h/x, NOT_OF_MYSQL",
    "JDBC:MYSQL://h/x, NOT_OF_MYSQL",
    "jdbc:mysql://h:p/x, MALFORMED",
    "jdbc:mysql://h:1?w@i/x, HOLDS_PASSWORD",
    "jdbc:mysql://h /x, MALFORMED"
  })
  void reportsTheProblem(String url, UrlProblem problem) {
    assertThat(DatabaseUrl.findProblem(url)).contains(problem);
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void refusesUrlsThatContainASecret(String url) {
    assertThat(DatabaseUrl.findProblem(url)).isPresent();
  }

  static String[] hostile() {
    return new String[] {
      "jdbc:mysql://u:Hunter2@h/x",
      "jdbc:mysql://u%3AHunter2%40h/x",
      "jdbc:mysql://h/x?pass%77ord=Hunter2",
      "jdbc:mysql://(host=h,user=u,password=Hunter2)/x",
      "jdbc:mysql://address=(host=h)(password=Hunter2)/x",
      "jdbc:mysql://u:p/Hunter2@h/x",
      "jdbc:mysql://u:1?Hunter2@h/x",
      "jdbc:mysql://u:1/Hunter2@h/x",
      "jdbc:mysql://h/x?clientCertificateKeyStorePassword=Hunter2"
    };
  }
}
