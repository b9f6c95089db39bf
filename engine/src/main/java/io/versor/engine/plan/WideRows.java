package io.versor.engine.plan;

import io.versor.engine.type.VersorTypeFactory;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.jspecify.annotations.Nullable;

/**
 * Names in any case, as Calcite compares them, but columns of wide rows are looked up: it asks for
 * each several times, and goes through all of them. One thread.
 */
final class WideRows implements SqlNameMatcher {
  /** Narrower ones are searched as fast. */
  private static final int FEWEST = 50;

  private final SqlNameMatcher plain = SqlNameMatchers.withCaseSensitive(false);
  private final Map<RelDataType, Map<String, RelDataTypeField>> known = new IdentityHashMap<>();

  private WideRows() {}

  static CalciteCatalogReader catalog(CalciteSchema root, String schema, VersorTypeFactory types) {
    Properties properties = new Properties();
    properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
    return new CalciteCatalogReader(
        root,
        new WideRows(),
        List.of(List.of(schema), List.of()),
        types,
        new CalciteConnectionConfigImpl(properties)) {};
  }

  @Override
  public @Nullable RelDataTypeField field(RelDataType row, String name) {
    if (row.isStruct() && row.getFieldCount() >= FEWEST) {
      RelDataTypeField field = known.computeIfAbsent(row, WideRows::fields).get(folded(name));
      if (field != null) {
        return field;
      }
    }
    return plain.field(row, name);
  }

  /** The first field of each name. */
  private static Map<String, RelDataTypeField> fields(RelDataType row) {
    Map<String, RelDataTypeField> fields = new HashMap<>();
    row.getFieldList().forEach(field -> fields.putIfAbsent(folded(field.getName()), field));
    return fields;
  }

  /** The same for names that are equal in any case, as {@link String#equalsIgnoreCase} says. */
  private static String folded(String name) {
    char[] folded = name.toCharArray();
    for (int i = 0; i < folded.length; i++) {
      folded[i] = Character.toLowerCase(Character.toUpperCase(folded[i]));
    }
    return new String(folded);
  }

  @Override
  public boolean isCaseSensitive() {
    return plain.isCaseSensitive();
  }

  @Override
  public boolean matches(String string, String name) {
    return string.length() == name.length() && plain.matches(string, name);
  }

  @Override
  public <K extends List<String>, V> @Nullable V get(
      Map<K, V> map, List<String> prefixNames, List<String> names) {
    return plain.get(map, prefixNames, names);
  }

  @Override
  public String bestString() {
    return plain.bestString();
  }

  @Override
  public int frequency(Iterable<String> names, String name) {
    return plain.frequency(names, name);
  }

  @Override
  public Set<String> createSet() {
    return plain.createSet();
  }
}
