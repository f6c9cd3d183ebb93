/**
 * Models: checks of untrusted files, the probe in a separate process, and loaded models. The
 * pipelines run loaded models, and CREATE MODEL uses the probe.
 */
package org.seeql.udf.model;
