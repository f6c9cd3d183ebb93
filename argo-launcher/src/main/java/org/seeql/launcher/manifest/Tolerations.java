package org.seeql.launcher.manifest;

import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses tolerations of the taints of nodes, as {@code kubectl taint} writes taints. */
public final class Tolerations {
  private static final Pattern TAINT =
      Pattern.compile(
          "([A-Za-z0-9][A-Za-z0-9./_-]*)(?:=([A-Za-z0-9._-]*))?(?::(NoSchedule|PreferNoSchedule|NoExecute))?");

  private Tolerations() {}

  /**
   * Parses {@code KEY[=VALUE][:EFFECT]}. Without a value, every value of the key is tolerated;
   * without an effect, every effect.
   *
   * @throws SubmissionException if the text has another form
   */
  public static Toleration parse(String text) {
    Matcher taint = TAINT.matcher(text);
    if (!taint.matches()) {
      throw new SubmissionException(
          "Invalid --toleration: '%s' (expected KEY[=VALUE][:EFFECT], such as dedicated=ml:NoSchedule; the effects are NoSchedule, PreferNoSchedule and NoExecute)"
              .formatted(text));
    }
    MetadataKeys.require("--toleration", taint.group(1));
    Optional<String> value = Optional.ofNullable(taint.group(2));
    return new TolerationBuilder()
        .withKey(taint.group(1))
        .withOperator(value.isPresent() ? "Equal" : "Exists")
        .withValue(value.orElse(null))
        .withEffect(taint.group(3))
        .build();
  }
}
