package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Columns passed through, and columns computed, once for each batch and all its rows that count.
 */
final class ProjectOperator implements BatchOperator, Batch {
  /**
   * One column of the result.
   *
   * @param column of the input, or -1
   * @param expression null for a column of the input
   */
  record Output(int column, @Nullable Expression expression, TensorType type) {
    static Output column(int column, TensorType type) {
      return new Output(column, null, type);
    }

    static Output computed(Expression expression) {
      return new Output(-1, expression, expression.type());
    }
  }

  private final BatchOperator input;
  private final List<Output> outputs;
  private final @Nullable LaneWriter[] writers;
  private final @Nullable Vector[] computed;

  ProjectOperator(BatchOperator input, List<Output> outputs, ExecContext context) {
    this.input = input;
    this.outputs = List.copyOf(outputs);
    this.writers = new LaneWriter[outputs.size()];
    this.computed = new Vector[outputs.size()];
    for (int i = 0; i < writers.length; i++) {
      if (outputs.get(i).expression() != null) {
        writers[i] = new LaneWriter(outputs.get(i).type(), context);
      }
    }
  }

  @Override
  public List<TensorType> types() {
    return outputs.stream().map(Output::type).toList();
  }

  @Override
  public boolean next() throws StoreException {
    Arrays.fill(computed, null);
    return input.next();
  }

  @Override
  public Batch batch() {
    return this;
  }

  @Override
  public int length() {
    return input.batch().length();
  }

  @Override
  public int selected() {
    return input.batch().selected();
  }

  @Override
  public int @Nullable [] selection() {
    return input.batch().selection();
  }

  @Override
  public Vector column(int i) throws StoreException {
    Expression expression = outputs.get(i).expression();
    return expression == null
        ? input.batch().column(outputs.get(i).column())
        : computed(i, expression);
  }

  @Override
  public Vector column(int i, int[] rows, int count) throws StoreException {
    Expression expression = outputs.get(i).expression();
    return expression == null
        ? input.batch().column(outputs.get(i).column(), rows, count)
        : computed(i, expression);
  }

  @Override
  public @Nullable KeptRows kept(int column) {
    int from = outputs.get(column).column();
    return from < 0 ? null : input.batch().kept(from);
  }

  @Override
  public void ignoreBehind(int column, double bound, boolean descending) {
    Expression expression = outputs.get(column).expression();
    if (expression != null) {
      expression.ignoreBehind(bound, descending);
    } else {
      input.batch().ignoreBehind(outputs.get(column).column(), bound, descending);
    }
  }

  private Vector computed(int i, Expression expression) throws StoreException {
    Vector known = computed[i];
    LaneWriter writer = writers[i];
    if (known != null || writer == null) {
      return Objects.requireNonNull(known);
    }
    Rows rows = Rows.of(input.batch());
    Vector vector = writer.write(expression.eval(rows), rows, length());
    computed[i] = vector;
    return vector;
  }

  @Override
  public void close() {
    for (LaneWriter writer : writers) {
      if (writer != null) {
        writer.close();
      }
    }
    input.close();
  }
}
