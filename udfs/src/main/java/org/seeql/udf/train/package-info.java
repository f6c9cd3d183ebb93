/**
 * Trains a linear head on the features of a model: cuts the model's ONNX graph at a tensor, fits a
 * regularised logistic regression on its values, and joins both in one ONNX file.
 */
package org.seeql.udf.train;
