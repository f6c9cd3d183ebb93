/**
 * The embedded MariaDB server, which several processes can share. The command line and Spark
 * sessions start it if no database is named.
 */
package org.seeql.database.embedded;
