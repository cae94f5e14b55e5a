package io.signalbox.mesh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.signalbox.mesh.model.CanaryCriteria;
import io.signalbox.mesh.model.CanaryStage;
import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.Mirror;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The canary section of a policy, as text. */
class CanaryFormatTest {

    private static final String HEAD = "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: user-service\n";

    @Test
    void stepsAreReadOneByOne() {
        Splitting.Canary canary = canary("""
            canary:
              stable: v1
              candidate: v2
              incrementDelay: 2m
              steps:
                - { weight: 5, delay: 10m }
                - { weight: 25, gate: manual }
                - { weight: 60 }
              bakeTime: 30m
            """);

        assertThat(canary.plannedSteps())
                .containsExactly(
                        new CanaryStep(new Weight(5), Duration.ofMinutes(10), CanaryStep.Gate.NONE),
                        new CanaryStep(new Weight(25), Duration.ofMinutes(2), CanaryStep.Gate.MANUAL),
                        new CanaryStep(new Weight(60), Duration.ofMinutes(2), CanaryStep.Gate.NONE));
        assertThat(canary.initialWeight()).isEqualTo(new Weight(5));
        assertThat(canary.maxWeight()).isEqualTo(new Weight(60));
        assertThat(canary.terms().bakeTime()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void stagesComeBeforeTheStepsAndAreWrittenAsTheyWereRead() {
        String text = """
            canary:
              stable: v1
              candidate: v2
              incrementDelay: 2m
              stages:
                - { match: { headers: { X-Beta: "yes" } }, delay: 10m, gate: manual }
                - { mirror: { share: 50, methods: [GET, POST] } }
            """;
        Splitting.Canary canary = canary(text);

        assertThat(canary.terms().stages())
                .containsExactly(
                        new CanaryStage.Matching(
                                new RouteMatch(Map.of("X-Beta", "yes"), Optional.empty(), Optional.empty(), Set.of()),
                                Duration.ofMinutes(10),
                                CanaryStep.Gate.MANUAL),
                        new CanaryStage.Mirrored(
                                new Mirror(
                                        Optional.of("v2"),
                                        Optional.empty(),
                                        RouteMatch.ANY,
                                        50,
                                        Set.of("GET", "POST"),
                                        Mirror.DEFAULT_IN_FLIGHT,
                                        Optional.empty()),
                                Duration.ofMinutes(2),
                                CanaryStep.Gate.NONE));
        assertThat(canary.startWeight()).isEqualTo(Weight.NONE);
        assertThat(PolicyFormat.read(PolicyFormat.yaml(PolicyFormat.read(HEAD + text)))
                        .splitting())
                .isEqualTo(canary);
    }

    @Test
    void blueGreenHasOneStepToAllRequestsAndIsWrittenAsItWasRead() {
        String text = """
            canary:
              stable: v1
              candidate: v2
              stages:
                - { match: { headers: { X-Preview: "yes" } } }
              blueGreen: { keepFor: 30m }
            """;
        Splitting.Canary canary = canary(text);

        assertThat(canary.isAtOnce()).isTrue();
        assertThat(canary.plannedSteps()).extracting(CanaryStep::weight).containsExactly(Weight.ALL);
        assertThat(canary.terms().bakeTime()).isEqualTo(Duration.ofMinutes(30));
        assertThat(canary.startWeight()).isEqualTo(Weight.NONE);
        assertThat(canary(text.replace("{ keepFor: 30m }", "{}")).terms().bakeTime())
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(PolicyFormat.read(PolicyFormat.yaml(PolicyFormat.read(HEAD + text)))
                        .splitting())
                .isEqualTo(canary);
    }

    @Test
    void aStageThatMirrorsIsRefusedBesideAMirrorOfThePolicy() {
        InvalidDocumentException refusal = catchThrowableOfType(
                InvalidDocumentException.class,
                () -> canary(
                        "canary: { stable: v1, candidate: v2, stages: [ { mirror: {} } ] }\nmirror: { version: v2 }"));
        assertThat(refusal)
                .hasMessageContaining(
                        "mirror: beside a stage of the canary that mirrors (expected: one of the two, since a service"
                                + " has one mirror)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        initialWeight: 10, incrementStep: 30, maxWeight: 100 | 10 40 70 100
        initialWeight: 10, incrementStep: 10, maxWeight: 35  | 10 20 30 35
        initialWeight: 0, incrementStep: 50, maxWeight: 100  | 50 100
        initialWeight: 20, incrementStep: 0, maxWeight: 100  | 20
        initialWeight: 100                                   | 100
        """)
    void theIncrementMakesTheSteps(String fields, String weights) {
        assertThat(canary("canary: { stable: v1, candidate: v2, " + fields + " }")
                        .plannedSteps())
                .extracting(step -> step.weight().percent())
                .isEqualTo(Arrays.stream(weights.split(" ", -1))
                        .map(Integer::valueOf)
                        .toList());
    }

    @Test
    void theCriteriaOfTheVerdictAreRead() {
        Splitting.Canary canary = canary("""
            canary:
              stable: v1
              candidate: v2
              verdict:
                falseRollback: 0.01
                falseAdvance: 0.1
                successMargin: 0.002
                latencyQuantile: p99.9
                latencyMargin: 0
                maxLatency: 250ms
                stableObjective: 0.95
                minimumRequests: 100
            """);

        assertThat(canary.terms().criteria())
                .isEqualTo(
                        new CanaryCriteria(0.01, 0.1, 0.002, 0.999, 0, Optional.of(Duration.ofMillis(250)), 0.95, 100));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        steps: []                                        | line 4, column 45: canary.steps: none (expected: at least one step)
        steps: [ { weight: 0 } ]                         | line 4, column 57: canary.steps[0].weight: 0 % (expected: 1..100)
        steps: [ { weight: 5, gate: perhaps } ]          | 'line 4, column 66: canary.steps[0].gate: perhaps (expected: none | manual)'
        steps: [ { delay: 5m } ]                         | line 4, column 47: canary.steps[0].weight: missing (expected: required)
        steps: [ { weight: 20 }, { weight: 20 } ]        | line 4, column 73: canary.steps[1].weight: 20 (expected: more than the 20 % of the step before)
        steps: [ { weight: 20 } ], maxWeight: 50         | line 4, column 76: canary.maxWeight: beside steps (expected: left out, since steps name the weights)
        blueGreen: {}                                    | line 4, column 49: canary.blueGreen: without stages (expected: at least one stage, in which the candidate is checked first)
        blueGreen: {}, maxWeight: 50                     | line 4, column 64: canary.maxWeight: beside blueGreen (expected: left out, since blueGreen has one step, to 100)
        stages: [ { mirror: {} } ], blueGreen: { keepFor: 0s } | line 4, column 88: canary.blueGreen.keepFor: 0s (expected: more than zero)
        stages: []                                       | line 4, column 46: canary.stages: none (expected: at least one stage, or the field left out)
        stages: [ { delay: 5m } ]                        | 'line 4, column 48: canary.stages[0].match: missing (expected: one of match, mirror)'
        stages: [ { match: {} } ]                        | 'line 4, column 57: canary.stages[0].match: no condition (expected: at least one, such as headers)'
        stages: [ { mirror: { version: v2 } } ]          | line 4, column 60: canary.stages[0].mirror.version: unknown field (expected: one of diff, match, maxInFlight, methods, share)
        stages: [ { mirror: {}, weight: 5 } ]            | line 4, column 62: canary.stages[0].weight: unknown field (expected: one of delay, gate, match, mirror)
        bakeTime: soon                                   | line 4, column 48: canary.bakeTime: soon (expected: a duration with a unit, such as 250ms, 5s, 1m30s or 1h)
        verdict: { margin: 1 }                           | line 4, column 49: canary.verdict.margin: unknown field (expected: one of falseAdvance, falseRollback, latencyMargin, latencyQuantile, maxLatency, minimumRequests, stableObjective, successMargin)
        verdict: { falseRollback: 0.6 }                  | line 4, column 64: canary.verdict.falseRollback: 0.6 (expected: 1.0E-6..0.5)
        verdict: { latencyQuantile: 99 }                 | line 4, column 66: canary.verdict.latencyQuantile: 99 (expected: p50..p99.9)
        """)
    void whatIsWrongIsRefusedWhereItStands(String fields, String message) {
        InvalidDocumentException refusal = catchThrowableOfType(
                InvalidDocumentException.class, () -> canary("canary: { stable: v1, candidate: v2, " + fields + " }"));
        assertThat(refusal).hasMessage(message);
    }

    private static Splitting.Canary canary(String text) {
        return (Splitting.Canary) PolicyFormat.read(HEAD + text).splitting();
    }
}
