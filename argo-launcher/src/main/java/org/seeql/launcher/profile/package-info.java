/** Files with the settings that the teams of a cluster share. */
package org.seeql.launcher.profile;
