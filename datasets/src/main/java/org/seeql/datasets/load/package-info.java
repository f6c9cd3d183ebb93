/**
 * The import of a data set into tables: catalogue, existing rows, check and write. The command
 * {@code seeql import} calls it with a source of any format.
 */
package org.seeql.datasets.load;
