package io.signalbox.mesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.autopsy.BreakerAutopsy;
import io.signalbox.mesh.autopsy.CircuitAutopsy;
import io.signalbox.mesh.autopsy.RefusedSource;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.resilience.Opening;
import io.signalbox.mesh.resilience.Openings;
import io.signalbox.mesh.time.ManualTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainBreakerTest {

    private final Terminal terminal = new Terminal();
    private final Opening counted = Openings.counted(new ManualTime(), 5, 7);
    private final Opening windowed = Openings.windowed(new ManualTime());

    @Test
    void theLatestOpeningIsToldInFullAndTheOthersInALineEach() {
        terminal.mesh.autopsy = new BreakerAutopsy(
                List.of(autopsy("payment-2", counted), autopsy("payment-1", windowed)),
                List.of("checkout-1->payment-3"));

        assertThat(terminal.run("explain", "breaker", "checkout:payment")).isZero();

        assertThat(terminal.mesh.asked).containsExactly("autopsy checkout:payment");
        String first = Words.clock(counted.at());
        assertThat(terminal.lines())
                .startsWith(
                        "checkout-1 -> payment-2  opened at " + AutopsyWords.clock(counted.at()),
                        "  because     5 calls in a row failed; failureThreshold is 5",
                        "  settings    failureThreshold 5, openDuration 1m, halfOpenRequests 3, successThreshold 2",
                        "  now         open",
                        "  refused     3 calls of checkout-1, from " + first + " to " + first,
                        "  calls       the last 5, those it opened for marked *",
                        "       CALL  ENDED           TOOK  ANSWER  REQUEST",
                        "    *     1  " + AutopsyWords.clock(counted.at().minusMillis(400))
                                + "  100 ms  503     r-1 (not kept)")
                .contains(
                        "    *     5  " + AutopsyWords.clock(counted.at()) + "  500 ms  503     r-5",
                        "  late        2 under way then have ended since and no longer count; 2 failed",
                        "  with        failureThreshold 3: opens 200 ms sooner, at call 3 (exact)",
                        "              failureThreshold 7: opens 200 ms later (estimate)",
                        "              failureThreshold 10: stays closed on what is recorded (exact)",
                        "              openDuration 10s: the first trial comes 50.0 s sooner; 2 of those refused came"
                                + " after that (estimate)")
                .endsWith(
                        "",
                        "checkout-1 -> payment-1  opened at " + Words.clock(windowed.at())
                                + ": 2 of 4 calls failed, 50.0 %; window.failureRate is 0.5; refused 3",
                        "",
                        "never opened by itself: checkout-1->payment-3");
    }

    @Test
    void aCallWithoutAnAnswerSaysWhy() {
        terminal.mesh.autopsy = new BreakerAutopsy(List.of(autopsy("payment-1", windowed)), List.of());

        assertThat(terminal.run("explain", "breaker", "checkout-1:payment-1")).isZero();

        assertThat(terminal.lines())
                .anyMatch(line -> line.matches(".* 1200 ms  200, slow +w-2 \\(not kept\\)"))
                .anyMatch(line -> line.endsWith("no answer (connect-failure)  w-4 (not kept)"));
    }

    @Test
    void programsGetWhatTheApiSays() {
        BreakerAutopsy autopsy = new BreakerAutopsy(List.of(autopsy("payment-1", windowed)), List.of());
        terminal.mesh.autopsy = autopsy;

        assertThat(terminal.run("explain", "breaker", "checkout:payment", "-o", "json"))
                .isZero();

        assertThat(Json.read(String.join("\n", terminal.lines()), BreakerAutopsy.class))
                .isEqualTo(autopsy);
    }

    @Test
    void aCircuitThatIsNotThereIsNotFound() {
        terminal.mesh.refusal = new MeshException(
                MeshException.Kind.NOT_FOUND, "circuit: checkot->payment (expected: checkout->payment)");

        assertThat(terminal.run("explain", "breaker", "checkot:payment")).isEqualTo(ExitStatus.NOT_FOUND);
        assertThat(terminal.errors())
                .containsExactly("signalbox: circuit: checkot->payment (expected: checkout->payment)");
        assertThat(terminal.run("explain", "breaker")).isEqualTo(ExitStatus.USAGE);
    }

    private static CircuitAutopsy autopsy(String endpoint, Opening opening) {
        Instant at = opening.at();
        return CircuitAutopsy.of(
                new CircuitAutopsy.Circuit(
                        EdgeId.parse("checkout->payment"), "checkout-1", endpoint, BreakerState.OPEN, Protocol.HTTP),
                opening,
                "r-5"::equals,
                List.of(new RefusedSource("checkout-1", BreakerState.OPEN, 3, at, at)));
    }
}
