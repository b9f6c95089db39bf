package io.versor.format;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The formats whose jars are there. Thread-safe. */
public final class ForeignFormats {
  /** Found when somebody first asks, by the class loader that has this class. */
  private static final class Known {
    static final List<ForeignFormat> ALL =
        ServiceLoader.load(ForeignFormat.class, ForeignFormat.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
  }

  private ForeignFormats() {}

  /** The one with a name, in any case. */
  public static Optional<ForeignFormat> find(String name) {
    return Known.ALL.stream().filter(each -> each.name().equalsIgnoreCase(name)).findFirst();
  }

  public static List<String> names() {
    return Known.ALL.stream().map(ForeignFormat::name).toList();
  }
}
