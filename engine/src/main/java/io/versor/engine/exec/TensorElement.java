package io.versor.engine.exec;

import io.versor.format.chunk.Vector;
import io.versor.format.type.StoreException;
import io.versor.format.type.TensorType;

/** One element of the tensors of a column, all of one shape. */
final class TensorElement {
  private TensorElement() {}

  /** Of floats. */
  static final class Real extends DoubleExpression {
    private final int column;
    private final int place;

    Real(int column, int place, TensorType type) {
      super(type);
      this.column = column;
      this.place = place;
    }

    @Override
    DoubleLane eval(Rows rows) throws StoreException {
      Vector vector = rows.column(column);
      lane.start(rows.count());
      lane.loadNulls(vector, rows);
      TensorType stored = vector.type();
      long first = (long) place * stored.dtype().width();
      for (int i = 0; i < lane.count; i++) {
        if (!lane.isNull(i)) {
          lane.values[i] = Samples.real(stored.dtype(), vector.addressAt(rows.at(i)) + first);
        }
      }
      vector.fence();
      return lane;
    }
  }

  /** Of BOOL and whole numbers. */
  static final class Whole extends LongExpression {
    private final int column;
    private final int place;

    Whole(int column, int place, TensorType type) {
      super(type);
      this.column = column;
      this.place = place;
    }

    @Override
    LongLane eval(Rows rows) throws StoreException {
      Vector vector = rows.column(column);
      lane.start(rows.count());
      lane.loadNulls(vector, rows);
      TensorType stored = vector.type();
      long first = (long) place * stored.dtype().width();
      for (int i = 0; i < lane.count; i++) {
        if (!lane.isNull(i)) {
          lane.values[i] = Samples.whole(stored.dtype(), vector.addressAt(rows.at(i)) + first);
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
