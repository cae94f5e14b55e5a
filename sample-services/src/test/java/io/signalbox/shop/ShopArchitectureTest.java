package io.signalbox.shop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ShopArchitectureTest {

    private final JavaClasses shop = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.signalbox.shop");

    @Test
    void theShopUsesOnlyWhatTheMeshOffersToEverybody() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.signalbox.mesh.proxy..",
                        "io.signalbox.mesh.registry..",
                        "io.signalbox.mesh.balance..",
                        "io.signalbox.mesh.routing..",
                        "io.signalbox.mesh.resilience..",
                        "io.signalbox.mesh.tls..",
                        "io.signalbox.mesh.trace..",
                        "io.signalbox.mesh.metrics..",
                        "io.signalbox.mesh.canary..",
                        "io.signalbox.mesh.controlplane..",
                        "javafx..")
                .because("the sample is an ordinary user of the mesh")
                .check(shop);
    }

    @Test
    void applicationsKnowNothingOfTheFaultsPlantedInThem() {
        noClasses()
                .that()
                .resideInAPackage("io.signalbox.shop.service")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.signalbox.shop.fault", "io.signalbox.shop.load", "io.signalbox.mesh.runtime..")
                .because("a fault is something that happens to an application")
                .check(shop);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("io.signalbox.shop.(*)..").should().beFreeOfCycles().check(shop);
    }
}
