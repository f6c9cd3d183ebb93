/** File systems for images and models, local or in S3. Checks and tasks open files through it. */
package org.seeql.job.storage;
