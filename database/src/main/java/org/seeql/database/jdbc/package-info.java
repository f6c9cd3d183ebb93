/**
 * Connections, sessions and rows of MySQL and MariaDB, with their error codes. All modules that use
 * a database open it through this package.
 */
package org.seeql.database.jdbc;
