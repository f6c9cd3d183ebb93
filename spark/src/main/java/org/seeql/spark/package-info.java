/**
 * The session extension, which Spark loads by its name. It installs the parser, the functions and
 * the planner's rules of the packages below.
 */
package org.seeql.spark;
