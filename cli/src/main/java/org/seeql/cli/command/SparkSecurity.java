package org.seeql.cli.command;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings by which Spark's ports answer only to the application's own processes. Spark listens in
 * local mode, too, and cannot be told not to.
 */
final class SparkSecurity {
  private static final int SECRET_BYTES = 32;

  private SparkSecurity() {}

  /**
   * The settings for a master: none where its own processes have to know the secret, which an
   * application then cannot choose.
   */
  static Map<String, String> of(String master) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (master.startsWith("local") || master.startsWith("k8s://")) {
      settings.put("spark.authenticate", "true");
      settings.put("spark.network.crypto.enabled", "true");
      settings.put("spark.network.crypto.saslFallback", "false");
    }
    if (master.startsWith("local-cluster")) {
      // for other masters Spark makes one itself, which is in no setting
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
