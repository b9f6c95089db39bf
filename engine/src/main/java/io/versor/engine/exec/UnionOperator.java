package io.versor.engine.exec;

import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.List;

/** UNION ALL: one input after the other. */
final class UnionOperator implements BatchOperator {
  private final List<BatchOperator> inputs;
  private int at;

  UnionOperator(List<BatchOperator> inputs) {
    this.inputs = List.copyOf(inputs);
  }

  @Override
  public List<TensorType> types() {
    return inputs.get(0).types();
  }

  @Override
  public boolean next() throws StoreException {
    while (at < inputs.size()) {
      if (inputs.get(at).next()) {
        return true;
      }
      at++;
    }
    return false;
  }

  @Override
  public Batch batch() {
    return inputs.get(at).batch();
  }

  @Override
  public void close() {
    inputs.forEach(BatchOperator::close);
  }
}
