package org.seeql.database.ledger;

/**
 * An attempt at a partition of a run. Spark counts attempts from 0 for each driver. So a driver
 * that resumes a run can repeat the numbers of a former one, which may only be suspended and still
 * write files. The fencing token distinguishes their attempts.
 *
 * @param ownerEpoch the fencing token of the driver for which the attempt works
 * @param attempt of the Spark task; unique only together with the token
 */
public record AttemptId(long ownerEpoch, long attempt) {}
