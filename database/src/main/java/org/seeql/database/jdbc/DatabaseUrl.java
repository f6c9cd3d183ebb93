package org.seeql.database.jdbc;

import java.util.Optional;
import java.util.regex.Pattern;
import org.seeql.database.credential.Redaction;

/** Which URLs name a database that SeeQL can use. */
public final class DatabaseUrl {
  static final String SCHEME = "jdbc:mysql://";

  private static final String HOST = "(?:[\\w.-]+|\\[[0-9a-fA-F:.]+])(?::\\d{1,5})?";
  private static final String PROPERTIES = "(?:address\\s*=\\s*)?(?:\\([^()]*\\))+";
  private static final String ONE = "(?:" + HOST + "|" + PROPERTIES + ")";
  private static final String SETTING = "[\\w.]+(?:=[^&]*)?";
  private static final Pattern FORM =
      Pattern.compile(
          "(?:%1$s(?:,%1$s)*|\\[%1$s(?:,%1$s)*])?(?:/[^?@]*)?(?:\\?(?:%2$s(?:&+%2$s)*&*)?)?"
              .formatted(ONE, SETTING),
          Pattern.CASE_INSENSITIVE);

  private DatabaseUrl() {}

  /** What a URL must not be. */
  public enum Problem {
    /** It has a secret, which whoever sees the URL would see. */
    HOLDS_PASSWORD,
    /** It has a user, which is given apart from it. */
    HOLDS_USER,
    /** It is another database's, or none. */
    NOT_OF_MYSQL,
    MALFORMED
  }

  /** What is wrong with a URL; empty where it can be used. */
  public static Optional<Problem> findProblem(String url) {
    if (Redaction.holdsSecretSetting(url)) {
      return Optional.of(Problem.HOLDS_PASSWORD);
    }
    boolean isOfMysql = url.startsWith(SCHEME);
    String rest = isOfMysql ? url.substring(SCHEME.length()) : url;
    if (isOfMysql && FORM.matcher(rest).matches()) {
      return Optional.empty();
    }
    if (Redaction.holdsSecret(url)) {
      return Optional.of(Problem.HOLDS_PASSWORD);
    }
    if (!isOfMysql) {
      return Optional.of(Problem.NOT_OF_MYSQL);
    }
    return Optional.of(
        rest.split("[/?]", 2)[0].contains("@") ? Problem.HOLDS_USER : Problem.MALFORMED);
  }
}
