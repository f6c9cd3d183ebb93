/**
 * The manifests that {@code seeql install} prints, and the guide next to them. The command line
 * calls it.
 */
package org.seeql.launcher.install;
