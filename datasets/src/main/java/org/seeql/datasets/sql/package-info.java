/**
 * Rows as the text of INSERT statements. The import and the export of SQL scripts write rows with
 * it.
 */
package org.seeql.datasets.sql;
