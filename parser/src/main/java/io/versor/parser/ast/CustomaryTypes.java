package io.versor.parser.ast;

import java.util.List;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** What the standard's FLOAT(n), CLOB and BLOB and PostgreSQL's BYTEA are here. */
public final class CustomaryTypes {
  /** Bits of a REAL and of a DOUBLE, as the standard and PostgreSQL count them. */
  private static final int REAL_BITS = 24;

  private static final int DOUBLE_BITS = 53;

  private CustomaryTypes() {}

  /** The type that holds as many bits of mantissa. */
  public static SqlTypeNameSpec floatOf(int bits, SqlParserPos pos) {
    if (bits < 1 || bits > DOUBLE_BITS) {
      throw SyntaxFault.at("FLOAT(" + bits + "), expected 1 to " + DOUBLE_BITS + " bits", pos);
    }
    return new SqlBasicTypeNameSpec(bits <= REAL_BITS ? SqlTypeName.REAL : SqlTypeName.DOUBLE, pos);
  }

  /**
   * @param length in characters; below 0 for a text of any length
   */
  public static SqlTypeNameSpec text(int length, SqlParserPos pos) {
    return length < 0
        ? new SqlTensorTypeSpec(pos, "TEXT", null, List.of(), List.of())
        : new SqlBasicTypeNameSpec(SqlTypeName.VARCHAR, length, pos);
  }

  /**
   * @param length in bytes; below 0 for any number
   */
  public static SqlTypeNameSpec bytes(int length, SqlParserPos pos) {
    return length < 0
        ? new SqlBasicTypeNameSpec(SqlTypeName.VARBINARY, pos)
        : new SqlBasicTypeNameSpec(SqlTypeName.VARBINARY, length, pos);
  }
}
