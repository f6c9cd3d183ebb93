/** Registered models and the cache of their files. Checks, runs and tasks load models from it. */
package org.seeql.job.model;
