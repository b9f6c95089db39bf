package io.versor.shell;

import io.versor.jdbc.Driver;
import sqlline.Application;
import sqlline.BuiltInProperty;
import sqlline.SqlLine;
import sqlline.SqlLineOpts;

/** What SQLLine says it is, its own version being in files that are not in the jar; and how. */
public final class ShellApplication extends Application {
  /** Columns are not drawn wider for the sake of one long value. */
  private static final int COLUMN_WIDTH = 60;

  private static final int WIDTH = 200;

  @Override
  public String getInfoMessage() {
    return "Versor " + getVersion() + "; !help lists the commands of the shell, !quit leaves it";
  }

  @Override
  public String getVersion() {
    Driver driver = new Driver();
    return driver.getMajorVersion() + "." + driver.getMinorVersion();
  }

  @Override
  public SqlLineOpts getOpts(SqlLine shell) {
    SqlLineOpts options = super.getOpts(shell);
    options.set(BuiltInProperty.PROMPT, "versor> ");
    options.set(BuiltInProperty.MAX_COLUMN_WIDTH, COLUMN_WIDTH);
    options.set(BuiltInProperty.MAX_WIDTH, WIDTH);
    return options;
  }
}
