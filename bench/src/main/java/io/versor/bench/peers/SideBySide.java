package io.versor.bench.peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Versor and its peers at the same work, in turn, on the same rows.
 *
 * <p>Arguments: a directory to work in, in which filled tables are kept for the next run; then
 * {@code scalars}, {@code vectors}, {@code cold}, {@code ingest}, {@code blobs}, {@code commits},
 * {@code versions}, {@code sizes}, {@code starts} (all by default), and {@code rows=}, {@code
 * vectors=}, {@code blobs=}, {@code rounds=}, {@code engines=} (a list with commas).
 */
public final class SideBySide {
  private long rows = 10_000_000;
  private long vectors = 1_000_000;
  private int blobs = 10_000;
  private int rounds = 11;
  private List<Engine> engines = List.of(Engine.values());
  private boolean withLance = true;
  private final List<String> works = new ArrayList<>();
  private final Path directory;

  private SideBySide(Path directory) {
    this.directory = directory;
  }

  public static void main(String[] arguments) throws Exception {
    SideBySide all = new SideBySide(Path.of(arguments.length > 0 ? arguments[0] : "bench-data"));
    for (String argument :
        Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length)) {
      all.argument(argument);
    }
    all.run();
  }

  private void argument(String argument) {
    int equals = argument.indexOf('=');
    if (equals < 0) {
      works.add(argument);
      return;
    }
    String value = argument.substring(equals + 1);
    switch (argument.substring(0, equals)) {
      case "rows" -> rows = Long.parseLong(value);
      case "vectors" -> vectors = Long.parseLong(value);
      case "blobs" -> blobs = Integer.parseInt(value);
      case "rounds" -> rounds = Integer.parseInt(value);
      case "engines" -> {
        List<String> names = List.of(value.toUpperCase(Locale.ROOT).split(","));
        engines = Arrays.stream(Engine.values()).filter(one -> names.contains(one.name())).toList();
        withLance = names.contains("LANCE");
      }
      default -> throw new IllegalArgumentException("no setting is called " + argument);
    }
  }

  private boolean wanted(String work) {
    return works.isEmpty() || works.contains(work);
  }

  private void run() throws Exception {
    Files.createDirectories(directory);
    Report report = new Report();
    Map<Engine, Connection> connections = new LinkedHashMap<>();
    Optional<Lance> lance = withLance ? Lance.find() : Optional.empty();
    lance.ifPresent(one -> one.open(directory.resolve("lance")));
    Tables tables = new Tables(directory);
    try {
      for (Engine engine : engines) {
        connections.put(engine, engine.open(directory));
      }
      Contestants all = new Contestants(connections, lance, report, rounds);
      if (wanted("scalars")) {
        for (Map.Entry<Engine, Connection> one : connections.entrySet()) {
          tables.items(one.getKey(), one.getValue(), rows);
        }
        new ScalarWorks(all, rows).run();
      }
      if (wanted("vectors")) {
        new VectorWorks(all, tables, directory, vectors).run();
      }
      if (wanted("ingest")) {
        new IngestWorks(all, vectors).run();
      }
      if (wanted("blobs")) {
        new BlobWorks(all, blobs).run();
      }
      if (wanted("commits")) {
        new CommitWorks(all).run();
      }
      if (wanted("versions")) {
        new VersionWorks(all, vectors).run();
      }
    } finally {
      for (Connection connection : connections.values()) {
        connection.close();
      }
      if (lance.isPresent()) {
        lance.get().close();
      }
    }
    if (wanted("cold")) {
      new ColdWorks(directory, engines, vectors, rounds, report).run();
    }
    if (wanted("sizes")) {
      new SizeWorks(directory, engines, withLance, vectors, report).run();
    }
    if (wanted("starts")) {
      new StartWorks(directory, engines, report).run();
    }
    report.write(directory);
  }
}
