package org.seeql.launcher.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.seeql.launcher.manifest.ClusterSettings;
import org.seeql.launcher.manifest.DriverShape;
import org.seeql.launcher.manifest.ExecutorShape;
import org.seeql.launcher.manifest.ImageStores;
import org.seeql.launcher.manifest.PodSettings;
import org.seeql.launcher.manifest.ServiceAccounts;
import org.seeql.launcher.manifest.SparkConf;
import org.seeql.launcher.manifest.SparkOperator;
import org.seeql.launcher.manifest.StepResources;

@EnableKubernetesMockClient(crud = true, https = false)
class ClusterCheckTest {
  KubernetesMockServer server;
  KubernetesClient client;

  private MockCluster mock() {
    return new MockCluster(server, client);
  }

  @Test
  void reportsMissingArgoOperatorAndNamespaceTogether() {
    assertThatThrownBy(mock()::submit)
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            """
            Cannot submit to namespace vision: 3 problems
              - the cluster has no workflows of argoproj.io/v1alpha1; install Argo Workflows
              - the cluster has no sparkapplications of sparkoperator.k8s.io/v1beta2; install Kubeflow's Spark operator
              - there is no namespace vision; create it with seeql install --namespace vision --dry-run | kubectl apply -f -\
            """);
  }

  @Test
  void reportsAMissingSecretAndHowToCreateIt() {
    MockCluster mock = mock().withAll();
    client.secrets().inNamespace(MockCluster.NAMESPACE).withName("seeql-database").delete();

    assertThatThrownBy(mock::submit)
        .hasMessage(
            "Cannot submit to namespace vision: there is no Secret seeql-database; create it "
                + "with kubectl -n vision create secret generic seeql-database "
                + "--from-literal=url=jdbc:mysql://HOST:3306/DATABASE --from-literal=user=NAME "
                + "--from-file=password");
  }

  @Test
  void reportsAMissingKeyOfTheSecret() {
    MockCluster mock = mock().withAll();
    client
        .secrets()
        .inNamespace(MockCluster.NAMESPACE)
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("seeql-database")
                .endMetadata()
                .withData(Map.of("url", "dQ==", "user", "dQ=="))
                .build())
        .update();

    assertThatThrownBy(mock::submit)
        .hasMessage(
            "Cannot submit to namespace vision: the Secret seeql-database has no key 'password'");
  }

  @Test
  void checksTheS3SecretAndItsKeys() {
    MockCluster mock = mock().withAll();
    ImageStores s3 = new ImageStores(List.of(), Optional.of("coco-s3"));

    assertThatThrownBy(() -> mock.submit(s3))
        .hasMessage(
            "Cannot submit to namespace vision: there is no Secret coco-s3; create it with "
                + "kubectl -n vision create secret generic coco-s3 "
                + "--from-literal=AWS_ACCESS_KEY_ID=ID --from-file=AWS_SECRET_ACCESS_KEY");
    client
        .secrets()
        .inNamespace(MockCluster.NAMESPACE)
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("coco-s3")
                .endMetadata()
                .withData(Map.of("AWS_ACCESS_KEY_ID", "dQ=="))
                .build())
        .create();
    assertThatThrownBy(() -> mock.submit(s3))
        .hasMessage(
            "Cannot submit to namespace vision: the Secret coco-s3 has no key"
                + " 'AWS_SECRET_ACCESS_KEY'");
  }

  @Test
  void checksTheAccountsAndPullSecretsOfASubmission() {
    PodSettings pods =
        new PodSettings(
            List.of("registry-key"),
            Optional.empty(),
            new TreeMap<>(),
            List.of(),
            new TreeMap<>(),
            new TreeMap<>());
    ClusterSettings settings =
        new ClusterSettings(
            DriverShape.DEFAULT,
            SparkConf.NONE,
            pods,
            StepResources.DEFAULT,
            ServiceAccounts.of(Map.of("driver", "team-driver")),
            Optional.empty(),
            Duration.ofDays(1));

    assertThatThrownBy(() -> mock().withAll().submit(settings))
        .hasMessage(
            """
            Cannot submit to namespace vision: 2 problems
              - there is no ServiceAccount team-driver; create it with seeql install --namespace vision --dry-run | kubectl apply -f -
              - there is no Secret registry-key; create it with kubectl -n vision create secret docker-registry registry-key --docker-server=HOST --docker-username=NAME --docker-password=…\
            """);
  }

  @Test
  void requiresNoOperatorIfNoneIsUsed() {
    MockCluster mock = mock().withAll();

    assertThat(mock.submit(SparkOperator.NONE, ExecutorShape.DEFAULT).outcome())
        .isEqualTo(Submitted.Outcome.CREATED);
  }

  @Test
  void assumesThatUnreadableObjectsExist() {
    MockCluster mock = mock().withAll();
    for (String path :
        new String[] {
          "/api/v1/namespaces/vision",
          "/api/v1/namespaces/vision/secrets/seeql-database",
          "/api/v1/namespaces/vision/serviceaccounts/seeql-step"
        }) {
      server
          .expect()
          .get()
          .withPath(path)
          .andReturn(403, new StatusBuilder().withCode(403).withMessage("forbidden").build())
          .always();
    }

    assertThat(mock.submit().outcome()).isEqualTo(Submitted.Outcome.CREATED);
  }

  @Test
  void reportsTheMissingPermission() {
    MockCluster mock = mock().withAll();
    server
        .expect()
        .post()
        .withPath("/api/v1/namespaces/vision/configmaps")
        .andReturn(
            403,
            new StatusBuilder()
                .withCode(403)
                .withMessage("configmaps is forbidden: User \"u\" cannot create resource")
                .build())
        .once();

    assertThatThrownBy(mock::submit)
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            "Cannot submit %s: configmaps is forbidden: User \"u\" cannot create resource; ask an administrator to bind the role seeql-submitter in namespace vision to you"
                .formatted(MockCluster.RUN));
  }
}
