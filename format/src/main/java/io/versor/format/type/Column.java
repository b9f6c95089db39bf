package io.versor.format.type;

import java.util.Map;
import java.util.Optional;

/**
 * A tensor as a column of a table.
 *
 * @param id stays the same when it is renamed, and on every branch; 0 where none is given out yet
 * @param nullable whether samples may be NULL
 * @param defaultSql expression for rows that give no value
 * @param identity how rows are numbered that give no value; such a column has no default and is not
 *     nullable
 * @param properties by key, in the order of the keys
 */
public record Column(
    long id,
    String name,
    TensorType type,
    boolean nullable,
    Optional<String> defaultSql,
    Optional<Identity> identity,
    Optional<String> comment,
    Map<String, String> properties) {
  /** Bytes of UTF-8 of the name of a column or table: what other databases and tools bear. */
  public static final int MAX_NAME_BYTES = 255;

  /** Bytes of UTF-8 of a default expression, a comment or the value of a property. */
  public static final int MAX_TEXT_BYTES = 65_536;

  public Column {
    Texts.checkName("the name of a column", name, MAX_NAME_BYTES);
    defaultSql.ifPresent(sql -> Texts.check("the default of " + name, sql, MAX_TEXT_BYTES));
    comment.ifPresent(text -> Texts.check("the comment on " + name, text, MAX_TEXT_BYTES));
    properties = Properties.copy(name, properties);
    if (identity.isPresent()) {
      identity.get().check(name, type, nullable, defaultSql.isPresent());
    }
  }

  /** Nullable, without an id, default, comment or properties. */
  public static Column of(String name, TensorType type) {
    return new Column(
        0, name, type, true, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
  }

  public Column withId(long newId) {
    return new Column(newId, name, type, nullable, defaultSql, identity, comment, properties);
  }

  public Column withName(String newName) {
    return new Column(id, newName, type, nullable, defaultSql, identity, comment, properties);
  }

  public Column withType(TensorType newType) {
    return new Column(id, name, newType, nullable, defaultSql, identity, comment, properties);
  }

  /** The same, but samples may not be NULL. */
  public Column notNull() {
    return withNullable(false);
  }

  public Column withNullable(boolean newNullable) {
    return new Column(id, name, type, newNullable, defaultSql, identity, comment, properties);
  }

  public Column withDefault(Optional<String> newDefault) {
    return new Column(id, name, type, nullable, newDefault, identity, comment, properties);
  }

  public Column withIdentity(Optional<Identity> newIdentity) {
    return new Column(id, name, type, nullable, defaultSql, newIdentity, comment, properties);
  }

  public Column withComment(Optional<String> newComment) {
    return new Column(id, name, type, nullable, defaultSql, identity, newComment, properties);
  }

  public Column withProperties(Map<String, String> newProperties) {
    return new Column(id, name, type, nullable, defaultSql, identity, comment, newProperties);
  }
}
