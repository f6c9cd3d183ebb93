package org.seeql.cli.command;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings that restrict Spark's ports to the application's own processes. Spark opens ports in
 * local mode, too, and this cannot be disabled.
 */
final class SparkSecurity {
  private static final int SECRET_BYTES = 32;

  private SparkSecurity() {}

  /**
   * The settings for a master. Empty for a master whose own processes must know the secret, because
   * an application cannot choose it.
   */
  static Map<String, String> of(String master) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (master.startsWith("local") || master.startsWith("k8s://")) {
      settings.put("spark.authenticate", "true");
      settings.put("spark.network.crypto.enabled", "true");
      settings.put("spark.network.crypto.saslFallback", "false");
    }
    if (master.startsWith("local-cluster")) {
      // for other masters Spark generates a secret itself and stores it in no setting
      settings.put("spark.authenticate.secret", secret());
    }
    return settings;
  }

  private static String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
