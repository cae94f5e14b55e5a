package io.signalbox.console.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.console.format.Formats;
import io.signalbox.console.text.Texts;
import io.signalbox.mesh.canary.Sentences;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.event.MeshEvent;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.EjectionEnd;
import io.signalbox.mesh.model.Weight;
import io.signalbox.mesh.model.WindowCounts;
import io.signalbox.mesh.model.status.AbOutcome;
import io.signalbox.mesh.model.status.RolloutCause;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.VerdictReason;
import io.signalbox.mesh.resilience.Reasons;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReasonsInWordsTest {

    private static final String TOLD = "as the mesh told it";
    private static final EdgeId EDGE = new EdgeId("checkout", "payment");

    static Stream<Arguments> circuits() {
        WindowCounts counts = new WindowCounts(20, 12, 7);
        return Stream.of(
                Arguments.of(new CircuitReason.FailuresInARow(1), "1 failure", "1 Fehler"),
                Arguments.of(new CircuitReason.FailuresInARow(5), "5 failures in a row", "5 Fehler in Folge"),
                Arguments.of(
                        new CircuitReason.FailureRate(counts, 0.5),
                        "12 of 20 calls failed (opens at 50 %)",
                        "12 von 20 Aufrufen schlugen fehl (öffnet ab 50 %)"),
                Arguments.of(
                        new CircuitReason.SlowCallRate(counts, 0.125),
                        "7 of 20 calls were slow (opens at 12.5 %)",
                        "7 von 20 Aufrufen waren langsam (öffnet ab 12,5 %)"),
                Arguments.of(new CircuitReason.OpenTimeOver(), "open time over", "Wartezeit vorüber"),
                Arguments.of(new CircuitReason.TrialsSucceeded(1), "1 trial succeeded", "1 Probe gelang"),
                Arguments.of(new CircuitReason.TrialsSucceeded(2), "2 trials succeeded", "2 Proben gelangen"),
                Arguments.of(new CircuitReason.TrialFailed(), "a trial failed", "eine Probe schlug fehl"),
                Arguments.of(
                        new CircuitReason.TrialSlow(104_000_000), "a trial took 104 ms", "eine Probe dauerte 104 ms"),
                Arguments.of(new CircuitReason.ByHand("mira", ""), "by mira", "von mira"),
                Arguments.of(
                        new CircuitReason.ByHand("mira", "bank maintenance"),
                        "by mira: “bank maintenance”",
                        "von mira: „bank maintenance“"));
    }

    @ParameterizedTest
    @MethodSource("circuits")
    void aCircuitsMoveIsSaidWithItsFiguresInEitherLanguage(CircuitReason reason, String english, String german) {
        MeshEvent.BreakerMoved moved = moved(reason);
        assertThat(plain(MoveReasons.of(moved, texts(Locale.ENGLISH), formats(Locale.ENGLISH))))
                .isEqualTo(english);
        assertThat(plain(MoveReasons.of(moved, texts(Locale.GERMAN), formats(Locale.GERMAN))))
                .isEqualTo(german);
    }

    @Test
    void aMoveThatOnlyASentenceWasToldOfKeepsThatSentence() {
        assertThat(MoveReasons.of(moved(null), texts(Locale.GERMAN), formats(Locale.GERMAN)))
                .isEqualTo(TOLD);
    }

    @ParameterizedTest
    @EnumSource(EjectionEnd.class)
    void everyEndOfAnEjectionHasWordsOfItsOwnInEitherLanguage(EjectionEnd end) {
        MeshEvent.EndpointReturned returned =
                new MeshEvent.EndpointReturned(EDGE, "checkout-1", "payment-2", TOLD, end);
        List<String> said = Stream.of(Locale.ENGLISH, Locale.GERMAN)
                .map(locale -> MoveReasons.of(returned, texts(locale)))
                .toList();
        assertThat(said).doesNotContain(TOLD).doesNotHaveDuplicates().noneMatch(words -> words.contains("ejected.end"));
    }

    static Stream<Arguments> verdicts() {
        return Stream.of(
                Arguments.of(
                        new VerdictReason.NotWorse(0.0042, 0.013, 0.005),
                        "Der Kandidat ist nicht schlechter: bei ihm schlagen 0,42 % der Anfragen fehl, bei der stabilen"
                                + " 1,3 %, und 0,5 Prozentpunkte mehr oder Schlimmeres sind auszuschließen."),
                Arguments.of(
                        new VerdictReason.NotWorse(0.0042, 0.013, 0.01),
                        "Der Kandidat ist nicht schlechter: bei ihm schlagen 0,42 % der Anfragen fehl, bei der stabilen"
                                + " 1,3 %, und 1 Prozentpunkt mehr oder Schlimmeres ist auszuschließen."),
                Arguments.of(
                        new VerdictReason.KeepsThresholds(),
                        "Der Kandidat hält seine Schwellen mit dem ganzen Verkehr und war nicht schlechter, solange die"
                                + " stabile neben ihm lief."),
                Arguments.of(
                        new VerdictReason.FailsMore(0.25, 1_200, 0.01, 9_000),
                        "Der Kandidat schlägt öfter fehl: 25 % von 1.200 Anfragen, die stabile 1 % von 9.000 zur selben"
                                + " Zeit."),
                Arguments.of(
                        new VerdictReason.Compared(
                                AbOutcome.OPEN, 0.01, 1_200, 0.02, 1_100, 0.99, 61e6, 72e6, Duration.ofMinutes(40)),
                        "Noch hat keine Version gewonnen: bei A schlugen 1 % von 1.200 Anfragen fehl, bei B 2 % von"
                                + " 1.100; p99 61 ms und 72 ms; höchstens noch 40 min."),
                Arguments.of(
                        new VerdictReason.Compared(AbOutcome.B, 0.03, 1_200, 0.01, 1_100, 0.99, 0, 0, null),
                        "Version B hat gewonnen: bei A schlugen 3 % von 1.200 Anfragen fehl, bei B 1 % von 1.100."),
                Arguments.of(
                        new VerdictReason.Slower(0.99, 61e6, 4.3e6),
                        "Der Kandidat ist langsamer: p99 61 ms, die stabile 4,3 ms zur selben Zeit."),
                Arguments.of(
                        new VerdictReason.FailsTooOften(0.051, 0.01),
                        "Beim Kandidaten schlagen 5,1 % der Anfragen fehl; höchstens 1 % dürfen es sein."),
                Arguments.of(
                        new VerdictReason.TooSlow(0.999, 310e6),
                        "p99,9 des Kandidaten ist 310 ms, länger als erlaubt."),
                Arguments.of(
                        new VerdictReason.StableFails(0.08, 0.0005),
                        "Bei der stabilen selbst schlagen 8 % der Anfragen fehl (ihr Ziel ist höchstens 0,05 %), daher"
                                + " wird dem Kandidaten nichts angelastet."),
                Arguments.of(new VerdictReason.NoRequests(), "Der Kandidat hatte auf dieser Stufe keine Anfrage."),
                Arguments.of(
                        new VerdictReason.MayBeBoth(new VerdictReason.FailsTooOften(0.051, 0.01)),
                        "Beim Kandidaten schlagen 5,1 % der Anfragen fehl; höchstens 1 % dürfen es sein. Doch die"
                                + " stabile ist vielleicht nicht besser: Halt."),
                Arguments.of(
                        new VerdictReason.Untold(40),
                        "40 Anfragen sagen nicht, ob der Kandidat so gut ist wie die stabile: wie viele noch fehlen,"
                                + " ist noch nicht zu sagen."),
                Arguments.of(
                        new VerdictReason.Missing(7_412, 2_400, null),
                        "7.412 Anfragen sagen nicht, ob der Kandidat so gut ist wie die stabile: etwa 2.400 fehlen"
                                + " noch."),
                Arguments.of(
                        new VerdictReason.Missing(7_412, 2_400, Duration.ofMillis(98_600)),
                        "7.412 Anfragen sagen nicht, ob der Kandidat so gut ist wie die stabile: etwa 2.400 fehlen"
                                + " noch, 1 min 38 s bei diesem Andrang."),
                Arguments.of(
                        new VerdictReason.WithinThresholds(0.002, 1_400),
                        "Der Kandidat hält seine festen Schwellen: 0,2 % seiner 1.400 Anfragen schlugen fehl; mit der"
                                + " stabilen wird er hier nicht verglichen."),
                Arguments.of(
                        new VerdictReason.ThresholdsUntold(0.25, 12, 30),
                        "Beim Kandidaten schlugen 25 % von 12 Anfragen fehl; mindestens 30 werden gebraucht, und die"
                                + " festen Schwellen müssen gehalten sein."),
                Arguments.of(
                        new VerdictReason.ThresholdsOpen(0),
                        "Der Kandidat ist nicht schlechter als die stabile, hält aber noch keine feste Schwelle: 0 %"
                                + " der Anfragen schlugen fehl."));
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void whatTheEvidenceSaysOfARolloutIsSaidWithItsFigures(VerdictReason verdict, String german) {
        assertThat(plain(RolloutReasons.of(
                        rollout(RolloutCause.VERDICT, verdict), texts(Locale.GERMAN), formats(Locale.GERMAN))))
                .isEqualTo(german);
        assertThat(RolloutReasons.of(
                        rollout(RolloutCause.VERDICT, verdict), texts(Locale.ENGLISH), formats(Locale.ENGLISH)))
                .isNotEqualTo(TOLD)
                .doesNotContain("rollouts.reason", "{")
                .endsWith(".");
    }

    @ParameterizedTest
    @MethodSource("verdicts")
    void theConsolesEnglishOfAVerdictIsTheMeshsOwn(VerdictReason verdict, String german) {
        String said = plain(RolloutReasons.of(
                rollout(RolloutCause.VERDICT, verdict), texts(Locale.ENGLISH), formats(Locale.ENGLISH)));
        assertThat(anyTime(said)).as(german).isEqualTo(anyTime(Sentences.of(verdict)));
    }

    @ParameterizedTest
    @MethodSource("circuits")
    void theConsolesEnglishOfACircuitIsTheMeshsOwn(CircuitReason reason, String english, String german) {
        assertThat(Reasons.of(reason)).as(german).isEqualTo(english.replaceAll("[“”]", ""));
    }

    @ParameterizedTest
    @EnumSource(EjectionEnd.class)
    void theConsolesEnglishOfTheEndOfAnEjectionIsTheMeshsOwn(EjectionEnd end) {
        MeshEvent.EndpointReturned returned =
                new MeshEvent.EndpointReturned(EDGE, "checkout-1", "payment-2", TOLD, end);
        assertThat(MoveReasons.of(returned, texts(Locale.ENGLISH))).isEqualTo(Reasons.of(end));
    }

    /** The console writes times in its own way. */
    private static String anyTime(String sentence) {
        return sentence.replaceAll("needed, .* at this rate", "needed, some time at this rate");
    }

    @Test
    void aVerdictOfAKindOfANewerMeshKeepsItsSentence() {
        VerdictReason later = Json.readWhole(
                "{\"kind\":\"may-be-both\",\"broken\":{\"kind\":\"of-tomorrow\",\"figure\":1}}", VerdictReason.class);
        assertThat(RolloutReasons.of(
                        rollout(RolloutCause.VERDICT, later), texts(Locale.GERMAN), formats(Locale.GERMAN)))
                .isEqualTo(TOLD);
    }

    @ParameterizedTest
    @EnumSource(RolloutCause.class)
    void everyCauseButWordsOfAPersonIsSaidInGerman(RolloutCause cause) {
        String said = RolloutReasons.of(
                rollout(cause, cause == RolloutCause.VERDICT ? new VerdictReason.NoRequests() : null),
                texts(Locale.GERMAN),
                formats(Locale.GERMAN));
        if (cause == RolloutCause.NOTE) {
            assertThat(said).isEqualTo(TOLD);
        } else {
            assertThat(said).isNotEqualTo(TOLD).doesNotContain("rollouts.cause");
        }
    }

    private static MeshEvent.BreakerMoved moved(@Nullable CircuitReason reason) {
        return new MeshEvent.BreakerMoved(
                EDGE, "checkout-1", "payment-2", BreakerState.CLOSED, BreakerState.OPEN, TOLD, reason);
    }

    private static MeshEvent.RolloutMoved rollout(RolloutCause cause, @Nullable VerdictReason verdict) {
        return new MeshEvent.RolloutMoved(
                "catalog", 3, "v2", RolloutPhase.RUNNING, new Weight(10), TOLD, cause, verdict, "signalbox");
    }

    private static String plain(String text) {
        return text.replace('\u00a0', ' ');
    }

    private static Texts texts(Locale locale) {
        return Texts.of(locale);
    }

    private static Formats formats(Locale locale) {
        return Formats.of(locale, ZoneOffset.UTC);
    }
}
