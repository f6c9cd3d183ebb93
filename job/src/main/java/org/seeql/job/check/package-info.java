/**
 * Checks of a statement before its run starts. {@code org.seeql.job.SeeqlSession} reports all
 * problems together.
 */
package org.seeql.job.check;
