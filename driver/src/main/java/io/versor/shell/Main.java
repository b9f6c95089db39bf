package io.versor.shell;

import io.versor.engine.Engine;
import io.versor.format.type.StoreException;
import io.versor.jdbc.Driver;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import sqlline.SqlLine;

/** The command {@code versor}: runs SQL scripts, or opens a shell when there are none. */
public final class Main {
  private static final String PREFIX = "jdbc:versor:";
  private static final String DEFAULT_URL = PREFIX + "./versor-data";

  private static final String USAGE =
      """
      Usage: versor [-u URL] [--repair] [script.sql ...]

        -u URL   the store: a directory or jdbc:versor:PATH[?key=value&...]; default ./versor-data
        --repair sets a damaged store right, also one that cannot be opened, and says what was
                 done and what is lost; then runs the scripts, if there are any
        -h       this text

      Scripts run one after the other and stop at the first error (exit code 1). A script named -
      is read from standard input. Without scripts an SQL shell opens; !quit leaves it.
      """;

  private Main() {}

  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    int code = run(args, out, err);
    out.flush();
    System.exit(code);
  }

  static int run(String[] args, PrintStream out, PrintStream err) throws IOException {
    String url = DEFAULT_URL;
    boolean repair = false;
    List<String> scripts = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "-h", "--help" -> {
          out.print(USAGE);
          return 0;
        }
        case "--repair" -> repair = true;
        case "-u" -> {
          if (i + 1 == args.length) {
            err.println("-u needs a URL");
            return 2;
          }
          url = args[++i];
        }
        default -> {
          if (args[i].startsWith("-") && !args[i].equals("-")) {
            err.println("unknown option " + args[i]);
            err.print(USAGE);
            return 2;
          }
          scripts.add(args[i]);
        }
      }
    }
    String target = url.startsWith("jdbc:") ? url : PREFIX + url;
    if (repair) {
      int code = repair(target, out, err);
      if (code != 0 || scripts.isEmpty()) {
        return code;
      }
    }
    return scripts.isEmpty() ? shell(target, err) : runScripts(target, scripts, out, err);
  }

  private static int repair(String url, PrintStream out, PrintStream err) {
    String path = url.substring(Math.min(url.length(), PREFIX.length()));
    try {
      List<String> lines = Engine.repair(Path.of(path.replaceFirst("\\?.*", "")));
      lines.forEach(out::println);
      out.println(
          switch (lines.size()) {
            case 0 -> "the store is whole";
            case 1 -> "keep what this line says";
            default -> "keep what these " + lines.size() + " lines say";
          });
      return 0;
    } catch (InvalidPathException e) {
      err.println("\"" + e.getInput() + "\" is no path: " + e.getReason());
      return 1;
    } catch (StoreException e) {
      err.println(e.getMessage());
      return 1;
    }
  }

  private static int runScripts(String url, List<String> scripts, PrintStream out, PrintStream err)
      throws IOException {
    try (Connection connection = new Driver().connect(url, new Properties())) {
      if (connection == null) {
        err.println("the URL \"" + url + "\" does not start with " + PREFIX);
        return 1;
      }
      ScriptRunner runner = new ScriptRunner(connection, storeOf(connection), out, err);
      for (String script : scripts) {
        boolean done =
            script.equals("-")
                ? runner.run(
                    "standard input",
                    new String(System.in.readAllBytes(), StandardCharsets.UTF_8),
                    Path.of("").toAbsolutePath())
                : runner.run(Path.of(script));
        if (!done) {
          return 1;
        }
      }
      return 0;
    } catch (InvalidPathException e) {
      err.println("\"" + e.getInput() + "\" is no path: " + e.getReason());
      return 1;
    } catch (SQLException e) {
      err.println(e.getMessage() + " [" + e.getSQLState() + "]");
      return 1;
    }
  }

  private static Path storeOf(Connection connection) throws SQLException {
    return Path.of(connection.getMetaData().getURL().substring(PREFIX.length()));
  }

  private static int shell(String url, PrintStream err) throws IOException {
    try {
      ShellDriver.takeOver();
    } catch (SQLException e) {
      err.println(e.getMessage());
      return 1;
    }
    SqlLine sqlLine = new SqlLine();
    String[] options = {
      "-ac",
      ShellApplication.class.getName(),
      "-d",
      Driver.class.getName(),
      "-u",
      url,
      "-n",
      System.getProperty("user.name", ""),
      "-p",
      "",
    };
    return sqlLine.begin(options, null, true) == SqlLine.Status.OK ? 0 : 1;
  }
}
