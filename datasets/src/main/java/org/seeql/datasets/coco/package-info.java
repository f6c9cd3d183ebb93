/**
 * The reader of COCO files as a stream of records. {@code org.seeql.datasets.load} imports the
 * records.
 */
package org.seeql.datasets.coco;
