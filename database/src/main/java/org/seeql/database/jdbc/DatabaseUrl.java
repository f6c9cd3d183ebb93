package org.seeql.database.jdbc;

import java.util.Optional;
import java.util.regex.Pattern;
import org.seeql.database.credential.Redaction;

/** Validates database URLs. */
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

  /** The ways in which a URL can be invalid. */
  public enum UrlProblem {
    /** It contains a secret, which everyone who sees the URL would see. */
    HOLDS_PASSWORD,
    /** It contains a user, which must be given separately. */
    HOLDS_USER,
    /** It does not start with {@code jdbc:mysql://}: it is for another database or not a URL. */
    NOT_OF_MYSQL,
    MALFORMED
  }

  /** Finds what is wrong with a URL; empty if the URL is valid. */
  public static Optional<UrlProblem> findProblem(String url) {
    if (Redaction.holdsSecretSetting(url)) {
      return Optional.of(UrlProblem.HOLDS_PASSWORD);
    }
    boolean isOfMysql = url.startsWith(SCHEME);
    String rest = isOfMysql ? url.substring(SCHEME.length()) : url;
    if (isOfMysql && FORM.matcher(rest).matches()) {
      return Optional.empty();
    }
    if (Redaction.holdsSecret(url)) {
      return Optional.of(UrlProblem.HOLDS_PASSWORD);
    }
    if (!isOfMysql) {
      return Optional.of(UrlProblem.NOT_OF_MYSQL);
    }
    return Optional.of(
        rest.split("[/?]", 2)[0].contains("@") ? UrlProblem.HOLDS_USER : UrlProblem.MALFORMED);
  }
}
