package io.versor.jdbc;

import io.versor.engine.ColumnInfo;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.Types;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every type name a column may have, with its JDBC type. Tools look the type name of a column up
 * here and choose their viewer by what they find, so each name that columns report must be in.
 */
final class TypeCatalog {
  private static final int MAX_BYTES = 1 << 30;

  /**
   * @param createParams what goes in the parentheses of a column definition
   * @param quote what goes around a literal, null where nothing does
   */
  private record SqlType(
      String name,
      int jdbcType,
      int precision,
      @Nullable String prefix,
      @Nullable String quote,
      @Nullable String createParams,
      int minScale,
      int maxScale) {
    static SqlType number(String name, int jdbcType, int precision) {
      return new SqlType(name, jdbcType, precision, null, null, null, 0, 0);
    }

    static SqlType text(String name, @Nullable String createParams) {
      return new SqlType(name, Types.VARCHAR, MAX_BYTES, "'", "'", createParams, 0, 0);
    }

    static SqlType binary(String name, @Nullable String createParams) {
      return new SqlType(name, Types.VARBINARY, MAX_BYTES, "X'", "'", createParams, 0, 0);
    }

    static SqlType tensor(String name, @Nullable String createParams) {
      return new SqlType(name, Types.ARRAY, 0, "ARRAY[", "]", createParams, 0, 0);
    }
  }

  /** What lists can be made of; of plain numbers they are tensors. */
  private static final List<String> ELEMENTS =
      List.of(
          "AUDIO",
          "BBOX",
          "BINARY_MASK",
          "CLASS_LABEL",
          "DATE",
          "DECIMAL",
          "EMBEDDING",
          "IMAGE",
          "JSON",
          "KEYPOINTS",
          "LIST",
          "POINT_CLOUD",
          "POLYGON",
          "SEGMENT_MASK",
          "TENSOR",
          "TEXT",
          "TIME",
          "TIMESTAMP",
          "TIMESTAMP WITH TIME ZONE",
          "UUID",
          "VARBINARY",
          "VARCHAR",
          "VIDEO");

  private static final Set<String> UNSIGNED =
      Set.of("TINYINT UNSIGNED", "SMALLINT UNSIGNED", "INTEGER UNSIGNED", "BIGINT UNSIGNED");

  /** By JDBC type, the closest name of each first, as {@code getTypeInfo} wants it. */
  private static final List<SqlType> TYPES =
      Stream.concat(plainTypes().stream(), ELEMENTS.stream().map(TypeCatalog::arrayOf)).toList();

  private static SqlType arrayOf(String element) {
    return SqlType.tensor(element + " ARRAY", null);
  }

  private static List<SqlType> plainTypes() {
    return List.of(
        SqlType.number("TINYINT", Types.TINYINT, 3),
        SqlType.number("BIGINT", Types.BIGINT, 19),
        SqlType.number("INTEGER UNSIGNED", Types.BIGINT, 10),
        SqlType.binary("VARBINARY", "length"),
        SqlType.binary("IMAGE", "'media type'"),
        SqlType.binary("AUDIO", "'media type'"),
        SqlType.binary("VIDEO", "'media type'"),
        new SqlType("BINARY", Types.BINARY, MAX_BYTES, "X'", "'", "length", 0, 0),
        new SqlType("NULL", Types.NULL, 0, null, null, null, 0, 0),
        new SqlType("CHAR", Types.CHAR, MAX_BYTES, "'", "'", "length", 0, 0),
        new SqlType("DECIMAL", Types.DECIMAL, 38, null, null, "precision,scale", 0, 38),
        SqlType.number("BIGINT UNSIGNED", Types.DECIMAL, 20),
        SqlType.number("INTEGER", Types.INTEGER, 10),
        SqlType.number("SMALLINT UNSIGNED", Types.INTEGER, 5),
        SqlType.number("SMALLINT", Types.SMALLINT, 5),
        SqlType.number("TINYINT UNSIGNED", Types.SMALLINT, 3),
        SqlType.number("REAL", Types.REAL, 7),
        SqlType.number("TENSOR(FLOAT16)", Types.REAL, 7),
        SqlType.number("DOUBLE", Types.DOUBLE, 15),
        SqlType.text("VARCHAR", "length"),
        SqlType.text("TEXT", null),
        SqlType.text("JSON", null),
        SqlType.text("LIST", null),
        SqlType.text("CLASS_LABEL", "'name', ..."),
        new SqlType("BOOLEAN", Types.BOOLEAN, 1, null, null, null, 0, 0),
        new SqlType("DATE", Types.DATE, 10, "DATE '", "'", null, 0, 0),
        new SqlType("TIME", Types.TIME, 15, "TIME '", "'", "precision", 0, 6),
        new SqlType("TIMESTAMP", Types.TIMESTAMP, 26, "TIMESTAMP '", "'", "precision", 0, 6),
        new SqlType("UUID", Types.OTHER, 36, "UUID '", "'", null, 0, 0),
        new SqlType("OTHER", Types.OTHER, 0, null, null, null, 0, 0),
        SqlType.tensor("TENSOR", "dtype, extent, ..."),
        SqlType.tensor("EMBEDDING", "length"),
        SqlType.tensor("BBOX", null),
        SqlType.tensor("KEYPOINTS", null),
        SqlType.tensor("SEGMENT_MASK", null),
        SqlType.tensor("BINARY_MASK", null),
        SqlType.tensor("POLYGON", null),
        SqlType.tensor("POINT_CLOUD", null),
        SqlType.tensor("ARRAY", null),
        new SqlType(
            "TIMESTAMP WITH TIME ZONE",
            Types.TIMESTAMP_WITH_TIMEZONE,
            32,
            "TIMESTAMP WITH TIME ZONE '",
            "'",
            "precision",
            0,
            6));
  }

  private TypeCatalog() {}

  static List<String> names() {
    return TYPES.stream().map(SqlType::name).toList();
  }

  static ResultSet rows() {
    MetaRows rows =
        MetaRows.of(
            "TYPE_NAME",
            "DATA_TYPE:i",
            "PRECISION:i",
            "LITERAL_PREFIX",
            "LITERAL_SUFFIX",
            "CREATE_PARAMS",
            "NULLABLE:s",
            "CASE_SENSITIVE:b",
            "SEARCHABLE:s",
            "UNSIGNED_ATTRIBUTE:b",
            "FIXED_PREC_SCALE:b",
            "AUTO_INCREMENT:b",
            "LOCAL_TYPE_NAME",
            "MINIMUM_SCALE:s",
            "MAXIMUM_SCALE:s",
            "SQL_DATA_TYPE:i",
            "SQL_DATETIME_SUB:i",
            "NUM_PREC_RADIX:i");
    for (SqlType type : TYPES) {
      boolean number = TypeNames.signed(type.jdbcType());
      rows.add(
          type.name(),
          type.jdbcType(),
          type.precision(),
          type.prefix(),
          type.quote(),
          type.createParams(),
          DatabaseMetaData.typeNullable,
          type.jdbcType() == Types.VARCHAR || type.jdbcType() == Types.CHAR,
          searchable(type),
          !number || UNSIGNED.contains(type.name()),
          false,
          false,
          type.name(),
          type.minScale(),
          type.maxScale(),
          null,
          null,
          number ? 10 : null);
    }
    return rows.orderedBy(1);
  }

  private static int searchable(SqlType type) {
    return switch (type.jdbcType()) {
      case Types.ARRAY -> DatabaseMetaData.typePredNone;
      case Types.VARCHAR, Types.CHAR -> DatabaseMetaData.typeSearchable;
      default -> DatabaseMetaData.typePredBasic;
    };
  }

  /** Whether the numbers of a column cannot be negative, whatever JDBC type holds them. */
  static boolean unsigned(ColumnInfo column) {
    return switch (column.type().dtype()) {
      case UINT8, UINT16, UINT32, UINT64 -> true;
      default -> false;
    };
  }
}
