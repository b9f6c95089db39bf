package io.versor.engine;

/** A value of type ARRAY: numbers in any number of dimensions, or a list of samples. */
public sealed interface ArrayValue permits TensorValue, SequenceValue {}
