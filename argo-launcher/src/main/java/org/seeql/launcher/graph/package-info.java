/**
 * The order of a program's statements by the tables that they read and write. {@code
 * org.seeql.launcher.manifest} creates a workflow from it.
 */
package org.seeql.launcher.graph;
