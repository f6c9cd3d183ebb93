package org.seeql.job.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3EnvironmentTest {
  private static final String PATH_STYLE = "fs.s3a.path.style.access";
  private static final String REGION = "fs.s3a.endpoint.region";

  @Test
  void leavesEverythingToAwsIfNothingIsSet() throws Exception {
    Configuration configuration = configured(Map.of());

    assertThat(configuration.getTrimmed("fs.s3a.endpoint", "")).isEmpty();
    assertThat(configuration.getTrimmed(REGION, "")).isEmpty();
    assertThat(configuration.getBoolean(PATH_STYLE, false)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "http://minio.storage:9000, true",
    "minio.storage:9000, true",
    "https://s3.example/, true",
    "https://s3.eu-west-1.amazonaws.com, false",
    "s3.cn-north-1.amazonaws.com.cn, false"
  })
  void asksAnotherStoreThanAwsByPath(String endpoint, boolean byPath) throws Exception {
    Configuration configuration = configured(Map.of("AWS_ENDPOINT_URL_S3", endpoint));

    assertThat(configuration.get("fs.s3a.endpoint")).isEqualTo(endpoint);
    assertThat(configuration.getBoolean(PATH_STYLE, false)).isEqualTo(byPath);
    assertThat(configuration.getTrimmed(REGION, "")).isEqualTo(byPath ? "us-east-1" : "");
  }

  @Test
  void prefersTheVariableOfS3AndTheRegionThatIsSet() throws Exception {
    Configuration configuration =
        configured(
            Map.of(
                "AWS_ENDPOINT_URL", "http://all.example",
                "AWS_ENDPOINT_URL_S3", "http://s3.example",
                "AWS_REGION", "eu-west-1",
                "AWS_DEFAULT_REGION", "us-west-2"));

    assertThat(configuration.get("fs.s3a.endpoint")).isEqualTo("http://s3.example");
    assertThat(configuration.get(REGION)).isEqualTo("eu-west-1");
  }

  @Test
  void givesWayToHadoopsOwnSettings() throws Exception {
    Configuration given = new Configuration();
    given.set("fs.s3a.endpoint", "http://given.example");
    given.set(PATH_STYLE, "false");

    Configuration configuration =
        new S3Environment(Map.of("AWS_ENDPOINT_URL_S3", "http://s3.example")).addTo(given);

    assertThat(configuration.get("fs.s3a.endpoint")).isEqualTo("http://given.example");
    assertThat(configuration.getBoolean(PATH_STYLE, true)).isFalse();
  }

  @Test
  void prefersTheVariableOfS3ToWhatSparkHasTakenFromTheGeneralOne() throws Exception {
    Configuration ofSpark = new Configuration();
    ofSpark.set("fs.s3a.endpoint", "http://all.example");

    Configuration configuration =
        new S3Environment(
                Map.of(
                    "AWS_ENDPOINT_URL", "http://all.example",
                    "AWS_ENDPOINT_URL_S3", "http://s3.example"))
            .addTo(ofSpark);

    assertThat(configuration.get("fs.s3a.endpoint")).isEqualTo("http://s3.example");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://minio storage:9000", "http://:9000", "http://my_store:9000"})
  void saysThatAnEndpointIsNone(String endpoint) {
    assertThatThrownBy(() -> configured(Map.of("AWS_ENDPOINT_URL_S3", endpoint)))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "invalid endpoint of S3: '%s' (a URL, such as http://minio:9000)".formatted(endpoint));
  }

  @Test
  void takesThePodsIdentityWhereThereAreNoKeys() throws Exception {
    Map<String, String> pod = Map.of("AWS_WEB_IDENTITY_TOKEN_FILE", "/var/run/token");

    assertThat(configured(pod).get("fs.s3a.aws.credentials.provider"))
        .endsWith("WebIdentityTokenFileCredentialsProvider");
  }

  private static Configuration configured(Map<String, String> variables) throws Exception {
    return new S3Environment(variables).addTo(new Configuration());
  }
}
