/**
 * Exports of results as COCO files, and of imported data sets as SQL scripts. The command {@code
 * seeql export} calls them.
 */
package org.seeql.datasets.export;
