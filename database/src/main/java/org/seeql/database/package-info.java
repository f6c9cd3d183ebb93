/**
 * The exception for requests that SeeQL or the database refuses. All packages of this module throw
 * it, and callers show its message.
 */
package org.seeql.database;
