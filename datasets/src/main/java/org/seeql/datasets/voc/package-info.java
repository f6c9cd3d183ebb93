/**
 * The reader of Pascal VOC folders as a stream of records. {@code org.seeql.datasets.load} imports
 * the records.
 */
package org.seeql.datasets.voc;
