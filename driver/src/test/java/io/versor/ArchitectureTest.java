package io.versor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which way dependencies point: down, everywhere. Here all modules are on the class path. */
@AnalyzeClasses(packages = "io.versor", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule MODULES =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("format")
          .definedBy("io.versor.format..")
          .layer("parser")
          .definedBy("io.versor.parser..")
          .layer("engine")
          .definedBy("io.versor.engine..")
          .layer("driver")
          .definedBy("io.versor.jdbc..")
          .layer("shell")
          .definedBy("io.versor.shell..")
          .whereLayer("shell")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("driver")
          .mayOnlyBeAccessedByLayers("shell")
          .whereLayer("engine")
          .mayOnlyBeAccessedByLayers("driver", "shell")
          .whereLayer("parser") // the driver and the shell cut texts as it does
          .mayOnlyBeAccessedByLayers("engine", "driver", "shell")
          .whereLayer("format")
          .mayOnlyBeAccessedByLayers("engine", "driver", "shell");

  @ArchTest
  static final ArchRule FORMAT_KNOWS_NO_SQL =
      noClasses()
          .that()
          .resideInAPackage("io.versor.format..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.calcite..", "java.sql..", "javax.sql..");

  @ArchTest
  static final ArchRule ENGINE_KNOWS_NO_JDBC_BUT_ITS_TYPE_NUMBERS =
      noClasses()
          .that()
          .resideInAPackage("io.versor.engine..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.sql.SQLException")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.sql.Connection")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.sql.ResultSet");

  @ArchTest
  static final ArchRule DRIVER_AND_SHELL_KNOW_NO_PLANNER =
      noClasses()
          .that()
          .resideInAnyPackage("io.versor.jdbc..", "io.versor.shell..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.calcite..", "org.apache.arrow..");

  /** The façade package is format's own; the layers below it, from the bottom. */
  @ArchTest
  static final ArchRule FORMAT_LAYERS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("type")
          .definedBy("io.versor.format.type")
          .layer("io")
          .definedBy("io.versor.format.io")
          .layer("chunk")
          .definedBy("io.versor.format.chunk")
          .layer("pack")
          .definedBy("io.versor.format.pack")
          .layer("log")
          .definedBy("io.versor.format.log")
          .layer("ref")
          .definedBy("io.versor.format.ref")
          .layer("record")
          .definedBy("io.versor.format.record")
          .layer("tree")
          .definedBy("io.versor.format.tree")
          .layer("key")
          .definedBy("io.versor.format.key")
          .layer("table")
          .definedBy("io.versor.format.table")
          .layer("change")
          .definedBy("io.versor.format.change")
          .layer("check")
          .definedBy("io.versor.format.check")
          .layer("store")
          .definedBy("io.versor.format")
          .whereLayer("type")
          .mayNotAccessAnyLayer()
          .whereLayer("io")
          .mayOnlyAccessLayers("type")
          .whereLayer("chunk")
          .mayOnlyAccessLayers("type", "io")
          .whereLayer("pack")
          .mayOnlyAccessLayers("type", "io")
          .whereLayer("log")
          .mayOnlyAccessLayers("type", "io")
          .whereLayer("ref")
          .mayOnlyAccessLayers("type", "io", "pack", "log")
          .whereLayer("record")
          .mayOnlyAccessLayers("type", "io", "chunk", "pack", "log", "ref")
          .whereLayer("tree")
          .mayOnlyAccessLayers("type", "io", "chunk", "pack", "log", "ref", "record")
          .whereLayer("key")
          .mayOnlyAccessLayers("type", "io", "chunk", "pack", "tree")
          .whereLayer("table")
          .mayOnlyAccessLayers("type", "io", "chunk", "pack", "log", "ref", "record", "tree", "key")
          .whereLayer("change")
          .mayOnlyAccessLayers(
              "type", "io", "chunk", "pack", "log", "ref", "record", "tree", "key", "table")
          .whereLayer("check")
          .mayOnlyAccessLayers(
              "type", "io", "chunk", "pack", "log", "ref", "record", "tree", "key", "table")
          .whereLayer("store")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule NO_CYCLES_IN_FORMAT =
      slices().matching("io.versor.format.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule NO_CYCLES_IN_DRIVER_MODULE =
      slices().matching("io.versor.(jdbc|shell)..").should().beFreeOfCycles();
}
