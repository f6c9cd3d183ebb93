package org.seeql.launcher.install;

/** The steps that a user must perform in addition to applying SeeQL's objects. */
final class InstallationGuide {
  private InstallationGuide() {}

  /** Format arguments: overlay, namespace, the operator's values, the controller's patch. */
  static final String FIRST =
      """
      The objects that SeeQL needs on a cluster: overlay %s, namespace %s. Apply them with `kubectl apply -f -`.

      Before, once per cluster (tested with Kubernetes 1.34)
      - Argo Workflows 4.1 (tested with 4.1.2): its resource definitions and its controller
          kubectl create namespace argo
          kubectl apply --server-side -n argo -f \\
            https://github.com/argoproj/argo-workflows/releases/download/v4.1.2/install.yaml
      - Kubeflow's Spark operator 2.5 (tested with 2.5.2), which --operator none does not need
          helm install spark-operator spark-operator --version 2.5.2 --values values.yaml \\
            --repo https://kubeflow.github.io/spark-operator --namespace spark-operator --create-namespace
        values.yaml:
      %s  or Apache's Spark operator 1.0, for --operator apache

      Argo's controller must add restricted containers to restricted pods:
          kubectl -n argo patch configmap workflow-controller-configmap --patch-file patch.yaml
        patch.yaml:
      %s
      """;

  /** Format argument: namespace. */
  static final String THEN =
      """
      After: the database, in a Secret that is not part of the manifests
          kubectl -n %1$s create secret generic seeql-database --from-file=password \\
            --from-literal=url=jdbc:mysql://HOST:3306/DATABASE --from-literal=user=USER
      images and models, on the volume of the claim seeql-images; and permission to submit programs
          kubectl -n %1$s create rolebinding submitters --role=seeql-submitter --group=GROUP
      """;
}
