package io.versor.engine.exec;

import io.versor.engine.function.TensorShapes;
import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** One element of each tensor of a column. */
final class TensorElement {
  private TensorElement() {}

  /** The shape that all rows have; empty if each has its own. */
  private static int[] common(Vector vector, Rows rows) throws StoreException {
    return rows.count() > 0 && vector.type().shape().isFixed()
        ? vector.shapeAt(rows.at(0))
        : new int[0];
  }

  /** Where the element lies; refused as the function refuses it. */
  private static long address(Vector vector, int row, int[] common, int[] indexes) {
    int[] shape = common.length > 0 ? common : vector.shapeAt(row);
    long place = 0;
    for (int i = 0; i < indexes.length; i++) {
      TensorShapes.checkIndex(vector.type().dtype(), shape, i, indexes[i]);
      place = place * shape[i] + indexes[i];
    }
    return vector.addressAt(row) + place * vector.type().dtype().width();
  }

  /** Of floats. */
  static final class Real extends DoubleExpression {
    private final int column;
    private final int[] indexes;

    Real(int column, int[] indexes, TensorType type) {
      super(type);
      this.column = column;
      this.indexes = indexes;
    }

    @Override
    DoubleLane eval(Rows rows) throws StoreException {
      Vector vector = rows.column(column);
      lane.start(rows.count());
      lane.loadNulls(vector, rows);
      TensorType stored = vector.type();
      int[] common = common(vector, rows);
      for (int i = 0; i < lane.count; i++) {
        if (!lane.isNull(i)) {
          lane.values[i] =
              Samples.real(stored.dtype(), address(vector, rows.at(i), common, indexes));
        }
      }
      vector.fence();
      return lane;
    }
  }

  /** Of BOOL and whole numbers. */
  static final class Whole extends LongExpression {
    private final int column;
    private final int[] indexes;

    Whole(int column, int[] indexes, TensorType type) {
      super(type);
      this.column = column;
      this.indexes = indexes;
    }

    @Override
    LongLane eval(Rows rows) throws StoreException {
      Vector vector = rows.column(column);
      lane.start(rows.count());
      lane.loadNulls(vector, rows);
      TensorType stored = vector.type();
      int[] common = common(vector, rows);
      for (int i = 0; i < lane.count; i++) {
        if (!lane.isNull(i)) {
          lane.values[i] =
              Samples.whole(stored.dtype(), address(vector, rows.at(i), common, indexes));
        }
      }
      vector.fence();
      return lane;
    }
  }

  /** An extent of ragged tensors or of encoded media, whose bytes are not looked at. */
  static final class Extent extends LongExpression {
    private final int column;
    private final int dimension;

    Extent(int column, int dimension, TensorType type) {
      super(type);
      this.column = column;
      this.dimension = dimension;
    }

    @Override
    LongLane eval(Rows rows) throws StoreException {
      Vector vector = rows.column(column);
      lane.start(rows.count());
      lane.loadNulls(vector, rows);
      for (int i = 0; i < lane.count; i++) {
        if (!lane.isNull(i)) {
          lane.values[i] = vector.shapeAt(rows.at(i))[dimension];
        }
      }
      vector.fence();
      return lane;
    }
  }
}
