/**
 * Passwords of databases, and their removal from messages. {@code org.seeql.database.jdbc} opens
 * connections with them, and tasks request them from the driver.
 */
package org.seeql.database.credential;
