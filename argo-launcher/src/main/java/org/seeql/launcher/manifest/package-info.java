/**
 * Argo workflows, Spark applications and pods for a program, without a client. {@code
 * org.seeql.launcher.cluster} submits them, and a dry run prints them.
 */
package org.seeql.launcher.manifest;
