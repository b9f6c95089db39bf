package io.versor.engine;

/** What this is, for those who ask. */
public final class Product {
  public static final String NAME = "Versor";
  public static final int MAJOR = 0;
  public static final int MINOR = 1;
  public static final String VERSION = MAJOR + "." + MINOR;

  private Product() {}
}
