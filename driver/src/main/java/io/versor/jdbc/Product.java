package io.versor.jdbc;

/** Name and version, as metadata tells them. */
final class Product {
  static final String NAME = "Versor";
  static final String DRIVER_NAME = "Versor JDBC driver";
  static final int MAJOR = 0;
  static final int MINOR = 1;
  static final String VERSION = MAJOR + "." + MINOR;

  private Product() {}
}
