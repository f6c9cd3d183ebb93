/**
 * TO TRAIN: the features of a backbone, the fit of a head on them, and the registration of the
 * trained model with its profile. {@code org.seeql.job.SeeqlSession} executes it.
 */
package org.seeql.job.train;
