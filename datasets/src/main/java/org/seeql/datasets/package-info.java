/** The import of a folder of images into a table. The command {@code seeql import} calls it. */
package org.seeql.datasets;
