package org.seeql.launcher.cluster;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** Custom resource kinds, which exist only if their definitions are installed. */
enum ObjectKind {
  WORKFLOW("argoproj.io", "v1alpha1", "Workflow", "workflows", "Argo Workflows"),
  CRON_WORKFLOW("argoproj.io", "v1alpha1", "CronWorkflow", "cronworkflows", "Argo Workflows"),
  KUBEFLOW_APPLICATION(
      "sparkoperator.k8s.io",
      "v1beta2",
      "SparkApplication",
      "sparkapplications",
      "Kubeflow's Spark operator"),
  APACHE_APPLICATION(
      "spark.apache.org", "v1", "SparkApplication", "sparkapplications", "Apache's Spark operator");

  private final String group;
  private final String version;
  private final String kind;
  private final String plural;
  private final String product;

  ObjectKind(String group, String version, String kind, String plural, String product) {
    this.group = group;
    this.version = version;
    this.kind = kind;
    this.plural = plural;
    this.product = product;
  }

  /** The product that installs the kind. */
  String product() {
    return product;
  }

  String apiVersion() {
    return group + "/" + version;
  }

  String plural() {
    return plural;
  }

  ResourceDefinitionContext context() {
    return new ResourceDefinitionContext.Builder()
        .withGroup(group)
        .withVersion(version)
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(true)
        .build();
  }
}
