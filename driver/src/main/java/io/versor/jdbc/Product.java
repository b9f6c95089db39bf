package io.versor.jdbc;

/** Name and version, as metadata tells them. */
final class Product {
  static final String NAME = io.versor.engine.Product.NAME;
  static final String DRIVER_NAME = "Versor JDBC driver";
  static final int MAJOR = io.versor.engine.Product.MAJOR;
  static final int MINOR = io.versor.engine.Product.MINOR;
  static final String VERSION = io.versor.engine.Product.VERSION;

  private Product() {}
}
