package io.versor.parser.ast;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** What the standard's FLOAT(n), CLOB and BLOB and other databases' names for types are here. */
public final class CustomaryTypes {
  /** Bits of a REAL and of a DOUBLE, as the standard and PostgreSQL count them. */
  private static final int REAL_BITS = 24;

  private static final int DOUBLE_BITS = 53;

  /** 64 bits to most databases, and 8 as the dtype of a tensor. */
  private static final String INT8 = "INT8";

  private static final String TEXT = "STRING";

  private static final Map<String, SqlTypeName> NAMES =
      Map.of(
          "BOOL", SqlTypeName.BOOLEAN,
          "INT2", SqlTypeName.SMALLINT,
          "INT4", SqlTypeName.INTEGER,
          "FLOAT4", SqlTypeName.REAL,
          "FLOAT8", SqlTypeName.DOUBLE,
          "NVARCHAR", SqlTypeName.VARCHAR,
          "DATETIME", SqlTypeName.TIMESTAMP,
          "TIMESTAMPTZ", SqlTypeName.TIMESTAMP_TZ);

  private CustomaryTypes() {}

  /** Whether a word that is none of SQL's names a type. */
  public static boolean isName(String word) {
    String name = word.toUpperCase(Locale.ROOT);
    return NAMES.containsKey(name) || name.equals(INT8) || name.equals(TEXT);
  }

  /**
   * The type of a name.
   *
   * @param length characters or digits of a second; below 0 if none are given
   */
  public static SqlTypeNameSpec named(String word, int length, SqlParserPos pos) {
    String name = word.toUpperCase(Locale.ROOT);
    if (name.equals(INT8)) {
      throw SyntaxFault.at(
          "INT8 is of 8 bytes to some and of 8 bits to others; expected BIGINT or TINYINT", pos);
    }
    if (name.equals(TEXT)) {
      return text(length, pos);
    }
    SqlTypeName type = NAMES.get(name);
    boolean sized = type.allowsPrec() && type != SqlTypeName.REAL && type != SqlTypeName.DOUBLE;
    if (length >= 0 && !sized) {
      throw SyntaxFault.at(name + " takes no length", pos);
    }
    return length < 0
        ? new SqlBasicTypeNameSpec(type, pos)
        : new SqlBasicTypeNameSpec(type, length, pos);
  }

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
