package io.versor.format.type;

import io.versor.format.type.StoreException.Code;
import java.util.OptionalLong;

/**
 * Says that a column numbers its rows: {@code GENERATED ... AS IDENTITY}. Where its numbers have
 * come to is not here but with the branch, which never goes back.
 *
 * @param always whether no other values are taken
 * @param start the first number
 * @param increment from one number to the next; not 0
 */
public record Identity(boolean always, long start, long increment) {
  public Identity {
    if (increment == 0) {
      throw new InvalidTypeException(Code.INVALID_VALUE, "INCREMENT BY 0; it takes a step");
    }
  }

  /** Whether columns of this type can number their rows: integers of one element. */
  public static boolean suits(TensorType type) {
    return type.htype() == Htype.GENERIC
        && type.shape().rank() == 0
        && type.dtype().isInteger()
        && type.dtype().isNumber()
        && type.dtype() != Dtype.BOOL;
  }

  /** The least number of a type that suits. */
  public static long least(TensorType type) {
    return type.dtype().isUnsigned() ? 0 : -1L << bits(type) - 1;
  }

  /** The largest number of a type that suits, of those that have 64 bits and a sign. */
  public static long most(TensorType type) {
    if (bits(type) == Long.SIZE) {
      return Long.MAX_VALUE;
    }
    return (1L << bits(type) - (type.dtype().isUnsigned() ? 0 : 1)) - 1;
  }

  private static int bits(TensorType type) {
    return type.dtype().width() * Byte.SIZE;
  }

  /** Whether a number comes after another one. */
  public static boolean isLater(long number, long other, long increment) {
    return increment > 0 ? number > other : number < other;
  }

  /** The number that follows; empty behind the last one of 64 bits. */
  public static OptionalLong after(long number, long increment) {
    long next = number + increment;
    return isLater(next, number, increment) ? OptionalLong.of(next) : OptionalLong.empty();
  }

  /** Whether a column can be one. */
  void check(String column, TensorType type, boolean nullable, boolean hasDefault) {
    if (!suits(type)) {
      throw invalid(
          column,
          "is of htype "
              + type.htype().key()
              + ", dtype "
              + type.dtype().key()
              + " and shape "
              + type.shape()
              + "; only an integer can number its rows");
    }
    if (nullable) {
      throw invalid(column, "may be NULL, but a column that numbers its rows may not");
    }
    if (hasDefault) {
      throw invalid(column, "has a DEFAULT besides; leave one out");
    }
    if (start < least(type) || start > most(type)) {
      throw invalid(
          column, "START WITH " + start + " is not from " + least(type) + " to " + most(type));
    }
  }

  private static InvalidTypeException invalid(String column, String why) {
    return new InvalidTypeException(Code.INVALID_VALUE, "identity column " + column + ": " + why);
  }
}
