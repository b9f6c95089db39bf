package io.versor.engine.system;

import static io.versor.engine.system.SystemTable.number;
import static io.versor.engine.system.SystemTable.text;

import io.versor.engine.ProcedureInfo;
import io.versor.engine.catalog.Versions;
import io.versor.format.type.Column;
import io.versor.format.type.StoreException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * {@code information_schema.routines} and {@code parameters}: what DatabaseMetaData lists as
 * procedures and functions.
 */
final class Routines {
  static final Column[] ROUTINES = {
    text("specific_catalog"),
    text("specific_schema").notNull(),
    text("specific_name").notNull(),
    text("routine_catalog"),
    text("routine_schema").notNull(),
    text("routine_name").notNull(),
    text("routine_type").notNull(),
    text("data_type"),
    text("routine_body").notNull(),
    text("routine_definition"),
    text("external_language").notNull(),
    text("is_deterministic").notNull(),
    text("sql_data_access").notNull(),
    text("remarks")
  };

  static final Column[] PARAMETERS = {
    text("specific_catalog"),
    text("specific_schema").notNull(),
    text("specific_name").notNull(),
    number("ordinal_position").notNull(),
    text("parameter_mode").notNull(),
    text("is_result").notNull(),
    text("as_locator").notNull(),
    text("parameter_name").notNull(),
    text("data_type").notNull(),
    number("character_maximum_length"),
    number("numeric_precision"),
    number("numeric_precision_radix"),
    number("numeric_scale"),
    text("parameter_default"),
    text("remarks")
  };

  /** Digits of the only numbers that parameters are, INTEGERs. */
  private static final int INTEGER_DIGITS = 10;

  private static final int RADIX = 10;

  private Routines() {}

  static void routines(RowSink sink, Versions versions) throws StoreException {
    for (ProcedureInfo procedure : versions.procedures()) {
      routine(sink, procedure, "PROCEDURE", null, "MODIFIES");
    }
    for (ProcedureInfo function : SystemSchema.tableFunctions()) {
      routine(sink, function, "FUNCTION", "TABLE", "READS");
    }
  }

  private static void routine(
      RowSink sink, ProcedureInfo routine, String kind, @Nullable String type, String access)
      throws StoreException {
    sink.add(
        null,
        Versions.SYSTEM,
        routine.name(),
        null,
        Versions.SYSTEM,
        routine.name(),
        kind,
        type,
        "EXTERNAL",
        null,
        "JAVA",
        "NO",
        access,
        routine.remarks());
  }

  static void parameters(RowSink sink, Versions versions) throws StoreException {
    for (ProcedureInfo procedure : versions.procedures()) {
      parameters(sink, procedure);
    }
    for (ProcedureInfo function : SystemSchema.tableFunctions()) {
      parameters(sink, function);
    }
  }

  private static void parameters(RowSink sink, ProcedureInfo routine) throws StoreException {
    int position = 1;
    for (ProcedureInfo.Parameter parameter : routine.parameters()) {
      boolean number = parameter.jdbcType() == Types.INTEGER;
      sink.add(
          null,
          Versions.SYSTEM,
          routine.name(),
          position++,
          "IN",
          "NO",
          "NO",
          parameter.name(),
          parameter.typeName(),
          null,
          number ? INTEGER_DIGITS : null,
          number ? RADIX : null,
          number ? 0 : null,
          parameter.defaultText(),
          parameter.remarks());
    }
  }
}
