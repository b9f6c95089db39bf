package io.versor.format.type;

/** For a fuzzer: the schema of a table, and a view. */
public final class SchemaFuzz {
  private SchemaFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    try {
      TableSchema schema = TypeJson.tableFromBytes(input, "input");
      TableKeys.of(schema);
      TableCheck.of(schema);
      if (!TypeJson.tableFromBytes(TypeJson.toBytes(schema), "again").equals(schema)) {
        throw new AssertionError("a schema differs when it is written again: " + schema);
      }
    } catch (StoreException e) {
      requireText(e);
    }
    try {
      ViewJson.toBytes(ViewJson.fromBytes(input, "input"));
    } catch (StoreException e) {
      requireText(e);
    }
  }

  private static void requireText(StoreException e) {
    if (e.getMessage().length() < 10) {
      throw new AssertionError("says too little", e);
    }
  }
}
