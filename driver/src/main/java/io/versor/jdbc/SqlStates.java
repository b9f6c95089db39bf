package io.versor.jdbc;

/** SQLStates the driver itself raises. Those of the store are in {@link Errors}. */
final class SqlStates {
  static final String CANNOT_CONNECT = "08001";
  static final String CLOSED = "08003";
  static final String UNSUPPORTED = "0A000";
  static final String SYNTAX = "42601";
  static final String INVALID_PARAMETER = "22023";
  static final String OUT_OF_RANGE = "22003";
  static final String INVALID_CAST = "22018";
  static final String INVALID_DATETIME = "22007";
  static final String INVALID_NAME = "42602";
  static final String NO_SUCH_COLUMN = "42703";
  static final String INVALID_CURSOR_STATE = "24000";
  static final String PARAMETER_COUNT = "07001";
  static final String NOT_A_QUERY = "07005";
  static final String IS_A_QUERY = "07003";
  static final String INVALID_DESCRIPTOR_INDEX = "07009";
  static final String TYPE_MISMATCH = "07006";
  static final String CANCELLED = "57014";
  static final String TOO_COMPLEX = "54001";
  static final String MEMORY = "53200";
  static final String IO = "58030";
  static final String WRONG_STATE = "55000";
  static final String NO_TRANSACTION = "25000";
  static final String NO_SAVEPOINT = "3B001";
  static final String INTERNAL = "XX000";

  private SqlStates() {}
}
