/**
 * Output layouts of models: one class each for guess, check, defaults and decoder. {@code
 * org.seeql.udf.model} selects a layout, and the pipelines decode with it.
 */
package org.seeql.udf.layout;
