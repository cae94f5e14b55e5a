package io.signalbox.build;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules that hold the mesh engine's shape, for the packages under one root.
 *
 * <p>The root is a parameter so that the same rules can be pointed at fixtures that break them. Packages named here need
 * not exist yet; a package that exists and is not named here breaks {@link #everyPackageHasALayer()}.
 */
record MeshArchitecture(String root) {

    /** Lowest first. A package sees its own layer and those before it. */
    private static final List<List<String>> LAYERS = List.of(
            List.of("model"),
            List.of("time", "event", "hash"),
            List.of("registry", "balance", "routing", "resilience", "tls", "trace", "metrics", "store"),
            List.of("json", "explain", "mirror"),
            List.of("whatif"),
            List.of("scenario", "client", "config", "lint", "autopsy"),
            List.of("proxy", "canary"),
            List.of("controlplane"),
            List.of("runtime"),
            List.of("cli"));

    private static final List<String> LEAVES = LAYERS.get(2);

    /** Every rule, each with its own name and reason. */
    Stream<ArchRule> rules() {
        return Stream.of(
                        Stream.of(everyPackageHasALayer()),
                        lowerLayersDoNotSeeHigherOnes(),
                        leavesDoNotSeeEachOther(),
                        Stream.of(
                                noPackageCycles(),
                                jettyStaysAtTheEdges(),
                                decisionsAreFreeOfJetty(),
                                jacksonStaysAtTheEdges(),
                                timeAndChanceArePassedIn(),
                                noJavaFx(),
                                engineStandsAlone()))
                .flatMap(rules -> rules)
                .map(rule -> rule.allowEmptyShould(true));
    }

    ArchRule everyPackageHasALayer() {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .resideInAnyPackage(within(LAYERS.stream().flatMap(List::stream).toList()))
                .because("a package without a layer is held by no rule: name it in MeshArchitecture");
    }

    Stream<ArchRule> lowerLayersDoNotSeeHigherOnes() {
        return Stream.iterate(0, i -> i < LAYERS.size() - 1, i -> i + 1).map(i -> {
            var higher = LAYERS.subList(i + 1, LAYERS.size()).stream()
                    .flatMap(List::stream)
                    .toList();
            return noClasses()
                    .that()
                    .resideInAnyPackage(within(LAYERS.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(within(higher))
                    .because("dependencies point one way, from the command line down to the model");
        });
    }

    Stream<ArchRule> leavesDoNotSeeEachOther() {
        return LEAVES.stream().map(leaf -> {
            var others = LEAVES.stream().filter(other -> !other.equals(leaf)).toList();
            return noClasses()
                    .that()
                    .resideInAnyPackage(within(List.of(leaf)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(within(others))
                    .because("leaf packages meet in the proxy, so that each can be read and tested alone");
        });
    }

    ArchRule noPackageCycles() {
        return slices().matching(root + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("packages in a cycle can only be understood and changed together");
    }

    ArchRule jettyStaysAtTheEdges() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(within("controlplane.http"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .because("the data path is our own, and Jetty serves the control plane's API alone");
    }

    ArchRule decisionsAreFreeOfJetty() {
        return noClasses()
                .that()
                .resideInAnyPackage(within("routing", "balance", "resilience"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .because("routing, balancing, breaking and retrying outlive any transport, and explain and replay"
                        + " run them without one");
    }

    ArchRule jacksonStaysAtTheEdges() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(within("json", "controlplane.http", "client", "config", "cli"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..")
                .because("wire formats are one place's business; the model does not know how it is written");
    }

    ArchRule timeAndChanceArePassedIn() {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .resideOutsideOfPackages(within("time", "runtime"))
                .should(new TakeTimeAndChanceAsParameters())
                .because("tests move a manual clock and a seeded generator; only time and the composition root open"
                        + " the real ones");
    }

    ArchRule noJavaFx() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("javafx..")
                .because("the engine runs where there is no display");
    }

    ArchRule engineStandsAlone() {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .dependOnClassesThat(ClassesOfOtherModules.than(root))
                .because("the engine knows neither the console nor the sample services");
    }

    private String[] within(String... packages) {
        return within(Arrays.asList(packages));
    }

    private String[] within(List<String> packages) {
        return packages.stream().map(name -> root + "." + name + "..").toArray(String[]::new);
    }
}
