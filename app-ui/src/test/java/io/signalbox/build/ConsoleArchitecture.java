package io.signalbox.build;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/** The rules that hold the console's shape; the roots are parameters so that fixtures can break them. */
record ConsoleArchitecture(String console, String engine) {

    private static final List<String> PUBLIC_PACKAGES = List.of(
            "model", "event", "time", "scenario", "client", "config", "runtime", "cli", "explain", "autopsy", "whatif");

    /** What explanations of requests and circuits and notes on policies speak of, out of packages that are internal else. */
    private static final List<String> PUBLIC_TYPES = List.of(
            "balance.PickedFor",
            "lint.LintFinding",
            "lint.LintFinding$Rule",
            "mirror.FieldDifference",
            "mirror.MirrorStatus",
            "resilience.CallOutcome",
            "resilience.CallOutcome$Speed",
            "resilience.CallOutcome$Verdict",
            "resilience.Replayed$Certainty",
            "resilience.RetryVerdict",
            "resilience.RetryVerdict$Reason",
            "routing.FailedCondition",
            "routing.Reach",
            "routing.Reach$Extent",
            "routing.StickyKey",
            "routing.StickyKey$Origin");

    /** Every rule, each with its own name and reason. */
    Stream<ArchRule> rules() {
        return Stream.of(
                        viewModelsKnowNoScene(),
                        viewModelsTakeTimeAsAParameter(),
                        engineIsUsedByItsPublicPackages(),
                        noPackageCycles())
                .map(rule -> rule.allowEmptyShould(true));
    }

    ArchRule viewModelsKnowNoScene() {
        return noClasses()
                .that()
                .resideInAPackage(console + "..")
                .and()
                .haveSimpleNameEndingWith("ViewModel")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx.scene..", "javafx.stage..")
                .because("a view model is tested without a toolkit, and a view can be redrawn without touching it");
    }

    ArchRule viewModelsTakeTimeAsAParameter() {
        return noClasses()
                .that()
                .resideInAPackage(console + "..")
                .and()
                .haveSimpleNameEndingWith("ViewModel")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .because("what a screen says about age and countdowns is tested with a manual clock");
    }

    ArchRule engineIsUsedByItsPublicPackages() {
        return noClasses()
                .that()
                .resideInAPackage(console + "..")
                .should()
                .dependOnClassesThat(areInternalTo(engine))
                .because("the console drives an embedded and a remote mesh alike, so it knows none of its insides");
    }

    ArchRule noPackageCycles() {
        return slices().matching(console + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("a screen can be read, tested and removed alone");
    }

    private static DescribedPredicate<JavaClass> areInternalTo(String engine) {
        var allowed =
                PUBLIC_PACKAGES.stream().map(name -> engine + "." + name + "..").toArray(String[]::new);
        return JavaClass.Predicates.resideInAPackage(engine + "..")
                .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(allowed)))
                .and(DescribedPredicate.describe(
                        "are no word of explanations",
                        type -> PUBLIC_TYPES.stream()
                                .noneMatch(name -> type.getName().equals(engine + "." + name))))
                .as("are internal to %s (public: %s)", engine, String.join(", ", PUBLIC_PACKAGES));
    }
}
