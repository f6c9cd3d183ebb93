/**
 * The reader of data sets in the format of Ultralytics YOLO as streams of records. {@code
 * org.seeql.datasets.load} imports the records.
 */
package org.seeql.datasets.yolo;
