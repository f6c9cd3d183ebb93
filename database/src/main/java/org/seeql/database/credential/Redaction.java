package org.seeql.database.credential;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes secrets from text that is shown to people or written to logs and tables. Text that may
 * hold a secret and cannot be separated from it is removed, too.
 */
public final class Redaction {
  private static final String HIDDEN = "***";
  private static final String CUT = "…";

  /** Text that is encoded more often than this is shown unchanged, because no driver decodes it. */
  private static final int DEEPEST_ENCODING = 3;

  private static final String SCHEMES =
      "jdbc|mysqlx?|mariadb|postgres(?:ql)?|sqlserver|oracle|sqlite|h2|db2|loadbalance|replication"
          + "|failover|sequential|aurora|srv|aws|https?|tcp|file";
  private static final Pattern SCHEME =
      Pattern.compile(
          "(?:%1$s)(?:[:+-](?:%1$s))*:(?://)?".formatted(SCHEMES), Pattern.CASE_INSENSITIVE);

  /** {@code host:port/database}, in a form so simple that it can contain nothing else. */
  private static final Pattern PLAIN_ADDRESS =
      Pattern.compile("[\\w.-]*(?::\\d{1,5})?(?:/[\\w$-]*)?");

  private static final String SECRET_NAMES =
      "(?:password|passwd|passphrase|pwd|secret|token|credential|(?:access|secret)[._-]?key)";
  private static final Pattern SECRET_SETTING =
      Pattern.compile(
          "(" + SECRET_NAMES + "\\d*\\s*=\\s*)(?:'[^']*'|\"[^\"]*\"|\\S+)",
          Pattern.CASE_INSENSITIVE);

  // Each pattern matches in time linear in the length of the text.
  private static final Pattern WORD = Pattern.compile("\\S++");
  private static final Pattern ENCODED = Pattern.compile("%[0-9a-fA-F]{2}");
  private static final Pattern ACCOUNT_NAME = Pattern.compile("//[^:/@]*+:");

  private Redaction() {}

  /** A text that may quote a URL or a setting, with the secrets removed. */
  public static String of(String text) {
    String words = WORD.matcher(text).replaceAll(Redaction::withoutAccount);
    return SECRET_SETTING.matcher(words).replaceAll("$1" + HIDDEN);
  }

  private static String withoutAccount(MatchResult match) {
    String word = match.group();
    if (ENCODED.matcher(word).find() && holdsSecret(word)) {
      return HIDDEN;
    }
    int end = word.lastIndexOf('@');
    int start = accountStart(word, end);
    return Matcher.quoteReplacement(
        start < 0 ? word : word.substring(0, start) + "//" + HIDDEN + word.substring(end));
  }

  /** The position of {@code //name:password@} in a word; -1 if there is none. */
  private static int accountStart(String word, int end) {
    Matcher name = ACCOUNT_NAME.matcher(word);
    return end >= 0 && name.find() && name.end() <= end ? name.start() : -1;
  }

  /**
   * A database URL, valid or not, with the secrets removed. If the URL is only a scheme, host, port
   * and database, these are shown. Otherwise only the parts that cannot contain a secret are shown.
   */
  public static String ofUrl(String url) {
    Matcher scheme = SCHEME.matcher(url);
    String start = scheme.lookingAt() ? scheme.group() : "";
    String rest = url.substring(start.length());
    int account = rest.lastIndexOf('@');
    if (account < 0) {
      int settings = rest.indexOf('?');
      String address = settings < 0 ? rest : rest.substring(0, settings);
      return !start.isEmpty() && PLAIN_ADDRESS.matcher(address).matches()
          ? start + address
          : start + CUT;
    }
    String address = rest.substring(account + 1);
    return start + HIDDEN + (PLAIN_ADDRESS.matcher(address).matches() ? "@" + address : CUT);
  }

  /** Whether a text contains a secret setting or an account's password. */
  public static boolean holdsSecret(String text) {
    return holdsSecretSetting(text)
        || WORD.matcher(decode(text))
            .results()
            .map(MatchResult::group)
            .anyMatch(word -> accountStart(word, word.lastIndexOf('@')) >= 0);
  }

  /** Whether a text contains a setting with the name of a secret. */
  public static boolean holdsSecretSetting(String text) {
    return SECRET_SETTING.matcher(decode(text)).find();
  }

  /** Whether a setting with this name is a secret. */
  public static boolean isSecret(String name) {
    return Pattern.matches(".*" + SECRET_NAMES + "\\d*", name.toLowerCase(Locale.ROOT));
  }

  private static String decode(String text) {
    String decoded = text;
    for (int i = 0; i < DEEPEST_ENCODING && decoded.indexOf('%') >= 0; i++) {
      try {
        decoded = URLDecoder.decode(decoded.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        return decoded; // a percent sign that encodes nothing
      }
    }
    return decoded;
  }
}
