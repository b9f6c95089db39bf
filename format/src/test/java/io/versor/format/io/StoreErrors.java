package io.versor.format.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.versor.format.type.StoreException;
import io.versor.format.type.StoreException.Code;
import org.junit.jupiter.api.function.Executable;

/** Expects a {@link StoreException} with a code, and gives it back for its message. */
public final class StoreErrors {
  private StoreErrors() {}

  public static StoreException expect(Code code, Executable deed) {
    StoreException e = assertThrows(StoreException.class, deed);
    assertEquals(code, e.code(), e::getMessage);
    return e;
  }
}
