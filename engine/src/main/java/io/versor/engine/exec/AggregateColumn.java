package io.versor.engine.exec;

import io.versor.format.chunk.VectorBuffer;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** A column of an aggregate's result. What it tells may be gathered together with others. */
record AggregateColumn(TensorType type, Writer writer) {
  /** Appends what a group came to. */
  @FunctionalInterface
  interface Writer {
    void write(int group, VectorBuffer out) throws StoreException;
  }
}
