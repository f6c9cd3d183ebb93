package org.seeql.job.storage;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * The environment variables with which AWS's tools find S3 or a compatible store: the endpoint, the
 * region, and the identity of the process. Keys are left to the SDK, which reads {@code
 * AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY} and {@code AWS_SESSION_TOKEN} itself. Hadoop's
 * own settings take precedence.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/environment-variables.html">AWS
 *     SDKs: environment variables</a>
 */
final class S3Environment {
  private static final String ENDPOINT = "fs.s3a.endpoint";
  private static final String REGION = "fs.s3a.endpoint.region";
  private static final String PATH_STYLE = "fs.s3a.path.style.access";
  private static final String PROVIDERS = "fs.s3a.aws.credentials.provider";

  private static final String WEB_IDENTITY =
      "software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider";

  /** The region that stores other than AWS expect by default. */
  private static final String USUAL_REGION = "us-east-1";

  private final Map<String, String> variables;

  S3Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(requireNonNull(variables, "variables is null"));
  }

  private Optional<String> variable(String... names) {
    return Arrays.stream(names)
        .map(variables::get)
        .filter(value -> value != null && !value.isBlank())
        .findFirst();
  }

  /**
   * Adds the settings of the variables.
   *
   * @throws IOException if an endpoint is invalid
   */
  Configuration addTo(Configuration configuration) throws IOException {
    // The scheme that other tools use for S3
    configuration.setIfUnset("fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
    // If the keys are in variables, Spark has already set the endpoint from the general variable
    String configured = configuration.getTrimmed(ENDPOINT, "");
    if (configured.isEmpty() || configured.equals(variables.get("AWS_ENDPOINT_URL"))) {
      variable("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
          .ifPresent(endpoint -> configuration.set(ENDPOINT, endpoint));
    }
    variable("AWS_REGION", "AWS_DEFAULT_REGION")
        .ifPresent(region -> configuration.setIfUnset(REGION, region));
    if (isElsewhere(configuration.getTrimmed(ENDPOINT, ""))) {
      configuration.setIfUnset(REGION, USUAL_REGION);
      // Only AWS has a host name for each bucket
      setIfAbsent(configuration, PATH_STYLE, "true");
    }
    if (variable("AWS_WEB_IDENTITY_TOKEN_FILE").isPresent()
        && variable("AWS_ACCESS_KEY_ID").isEmpty()) {
      setIfAbsent(configuration, PROVIDERS, WEB_IDENTITY);
    }
    return configuration;
  }

  private static boolean isElsewhere(String endpoint) throws IOException {
    if (endpoint.isEmpty()) {
      return false;
    }
    String host = host(endpoint);
    return !host.endsWith(".amazonaws.com") && !host.endsWith(".amazonaws.com.cn");
  }

  private static String host(String endpoint) throws IOException {
    Optional<String> host;
    try {
      String url = endpoint.contains("://") ? endpoint : "https://" + endpoint;
      host = Optional.ofNullable(new URI(url).getHost());
    } catch (URISyntaxException e) {
      host = Optional.empty();
    }
    return host.orElseThrow(
        () ->
            new IOException(
                "invalid endpoint of S3: '%s' (a URL, such as http://minio:9000)"
                    .formatted(endpoint)));
  }

  /** Overrides Hadoop's defaults, which are always set, but no other setting. */
  private static void setIfAbsent(Configuration configuration, String key, String value) {
    String[] sources = configuration.getPropertySources(key);
    boolean isSet =
        sources != null && !Arrays.asList(sources).stream().allMatch("core-default.xml"::equals);
    if (!isSet) {
      configuration.set(key, value);
    }
  }
}
