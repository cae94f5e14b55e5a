package io.signalbox.build;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

final class SamplesArchitectureTest {

    private static final String FIXTURE = "io.signalbox.build.fixture";

    private static final JavaClasses SAMPLES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.signalbox");

    private static final JavaClasses FIXTURES = new ClassFileImporter().importPackages(FIXTURE);

    @Test
    void samplesUseTheEngineByItsPublicPackages() {
        onlyPublicPackagesAreUsed("io.signalbox.mesh").check(SAMPLES);
    }

    @Test
    void samplesDoNotSeeTheConsole() {
        consoleIsNotSeen("io.signalbox.mesh", "io.signalbox.console").check(SAMPLES);
    }

    @Test
    void aSampleThatSeesTheProxyIsFound() {
        assertThat(violations(onlyPublicPackagesAreUsed(FIXTURE + ".mesh")))
                .contains("shop.SampleThatSeesProxy", "mesh.proxy.Proxy");
    }

    @Test
    void aSampleThatSeesTheConsoleIsFound() {
        assertThat(violations(consoleIsNotSeen(FIXTURE + ".mesh", FIXTURE + ".console")))
                .contains("shop.SampleThatSeesProxy", "console.Screen");
    }

    private static ArchRule onlyPublicPackagesAreUsed(String engine) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(engine + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        engine + ".registry..",
                        engine + ".balance..",
                        engine + ".routing..",
                        engine + ".resilience..",
                        engine + ".tls..",
                        engine + ".trace..",
                        engine + ".metrics..",
                        engine + ".store..",
                        engine + ".proxy..",
                        engine + ".canary..",
                        engine + ".controlplane..")
                .because("the shop is what any application could be: it knows the mesh by its front door")
                .allowEmptyShould(true);
    }

    private static ArchRule consoleIsNotSeen(String engine, String console) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(engine + "..", console + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(console + "..", "javafx..")
                .because("the shop runs where there is no display")
                .allowEmptyShould(true);
    }

    private static String violations(ArchRule rule) {
        return rule.evaluate(FIXTURES).getFailureReport().toString();
    }
}
