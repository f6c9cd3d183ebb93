/**
 * The exception for images, models and options that inference cannot use. All packages of this
 * module throw it, and callers show its message.
 */
package org.seeql.udf;
