/**
 * Runs on a cluster: submit, read, wait, cancel and resume; the only Kubernetes client. The
 * commands for clusters call it.
 */
package org.seeql.launcher.cluster;
