package io.signalbox.mesh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.model.Experiments;
import io.signalbox.mesh.model.Fault;
import io.signalbox.mesh.model.FaultDelay;
import io.signalbox.mesh.model.FaultEnd;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.TrafficPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultFormatTest {

    private static final String HEAD = "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: user-service\n";

    @Test
    void aFaultIsReadFieldByField() {
        assertThat(only("{ name: outage, match: { path: /x }, version: 1.0, share: 0.5, side: client, delay: 20ms,"
                        + " abort: { status: 429, grpcStatus: 8, retryAfter: 2s, body: later },"
                        + " drip: { chunk: 10, every: 5ms }, bandwidth: { bytesPerSecond: 1000 } }"))
                .isEqualTo(new Fault(
                        "outage",
                        new RouteMatch(Map.of(), Optional.of("/x"), Optional.empty(), Set.of()),
                        Optional.of("1.0"),
                        0.5,
                        Fault.Side.CLIENT,
                        Optional.of(new FaultDelay.Fixed(Duration.ofMillis(20))),
                        Optional.of(new FaultEnd.Abort(
                                429, OptionalInt.of(8), Optional.of(Duration.ofSeconds(2)), Optional.of("later"))),
                        new Fault.Pace(Optional.of(new Fault.Drip(10, Duration.ofMillis(5))), OptionalInt.of(1_000))));
    }

    @Test
    void aFaultHasDefaults() {
        List<Fault> faults = faults("[ { abort: {} }, { reset: {} } ]");

        assertThat(faults).extracting(Fault::name).containsExactly("fault-1", "fault-2");
        assertThat(faults.getFirst().share()).isEqualTo(100);
        assertThat(faults.getFirst().side()).isEqualTo(Fault.Side.SERVER);
        assertThat(faults.getFirst().match()).isEqualTo(RouteMatch.ANY);
        assertThat(faults.getFirst().version()).isEmpty();
        assertThat(faults.getFirst().end())
                .contains(new FaultEnd.Abort(503, OptionalInt.empty(), Optional.empty(), Optional.empty()));
        assertThat(faults.getLast().end()).contains(new FaultEnd.Reset(OptionalInt.empty()));
    }

    @Test
    void delaysAreReadInEveryForm() {
        assertThat(delay("{ fixed: 1s }")).isEqualTo(new FaultDelay.Fixed(Duration.ofSeconds(1)));
        assertThat(delay("{ uniform: { max: 1s } }"))
                .isEqualTo(new FaultDelay.Uniform(Duration.ZERO, Duration.ofSeconds(1)));
        assertThat(delay("{ normal: { mean: 1s, stdDev: 200ms } }"))
                .isEqualTo(new FaultDelay.Normal(Duration.ofSeconds(1), Duration.ofMillis(200)));
        assertThat(delay("{ exponential: { mean: 1s } }")).isEqualTo(new FaultDelay.Exponential(Duration.ofSeconds(1)));
        assertThat(delay("{ percentiles: { p50: 10ms, p99.9: 1s } }"))
                .isEqualTo(new FaultDelay.Percentiles(
                        new TreeMap<>(Map.of(50.0, Duration.ofMillis(10), 99.9, Duration.ofSeconds(1)))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ name: a.b-1, share: 33.3, delay: 20ms, abort: { grpcStatus: 14, retryAfter: 1m, body: \"x: y\" } }",
                "{ delay: { uniform: { min: 1ms, max: 1s } }, reset: { afterBytes: 0 } }",
                "{ delay: { normal: { mean: 1s, stdDev: 0s } }, reset: {} }",
                "{ side: client, delay: { exponential: { mean: 1s } }, drip: { chunk: 1, every: 1m } }",
                "{ delay: { percentiles: { p0: 1ms, p50: 1ms, p99.9: 1m } }, bandwidth: { bytesPerSecond: 1 } }",
                "{ match: { headers: { X: { regex: \"a+\" } }, sources: [a, b] }, share: 0, abort: {} }"
            })
    void whatIsWrittenIsReadAsTheSame(String fault) {
        TrafficPolicy policy = PolicyFormat.read(HEAD + "faults: [ " + fault + " ]");

        assertThat(PolicyFormat.read(PolicyFormat.yaml(policy))).isEqualTo(policy);
        assertThat(PolicyFormat.read(PolicyFormat.json(policy))).isEqualTo(policy);
        assertThat(policy.experiments()).isNotEqualTo(Experiments.NONE);
    }

    @Test
    void nothingIsWrittenWithoutAFault() {
        assertThat(PolicyFormat.yaml(TrafficPolicy.defaults("cart"))).doesNotContain("fault");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                                              | faults[0].delay: missing (expected: at least one of delay, abort, reset, drip, bandwidth)
        { name: a b, abort: {} }                        | faults[0].name: a b (expected: 1 to 63 letters, digits, . _ -)
        { share: 101, abort: {} }                       | faults[0].share: 101.0 (expected: 0..100)
        { share: -1, abort: {} }                        | faults[0].share: -1.0 (expected: 0..100)
        { share: .nan, abort: {} }                      | faults[0].share: .nan (expected: a number)
        { side: both, abort: {} }                       | faults[0].side: both (expected: client | server)
        { abort: {}, reset: {} }                        | faults[0].reset: beside abort (expected: one of abort, reset)
        { abort: { status: 200 } }                      | faults[0].abort.status: 200 (expected: 400..599)
        { abort: { grpcStatus: 0 } }                    | faults[0].abort.grpcStatus: 0 (expected: 1..16)
        { abort: { grpcStatus: 17 } }                   | faults[0].abort.grpcStatus: 17 (expected: 1..16)
        { abort: { retryAfter: 500ms } }                | faults[0].abort.retryAfter: PT0.5S (expected: whole seconds, 1s..1h)
        { abort: { retryAfter: 2h } }                   | faults[0].abort.retryAfter: PT2H (expected: whole seconds, 1s..1h)
        { abort: { percent: 5 } }                       | faults[0].abort.percent: unknown field (expected: one of body, grpcStatus, retryAfter, status)
        { reset: { afterBytes: -1 } }                   | faults[0].reset.afterBytes: -1 (expected: >= 0)
        { drip: { chunk: 0, every: 1s } }               | faults[0].drip.chunk: 0 (expected: 1..65536)
        { drip: { chunk: 5 } }                          | faults[0].drip.every: missing (expected: required)
        { drip: { chunk: 5, every: 2m } }               | faults[0].drip.every: PT2M (expected: 1ms..1m)
        { bandwidth: { bytesPerSecond: 0 } }            | faults[0].bandwidth.bytesPerSecond: 0 (expected: >= 1)
        { bandwidth: {} }                               | faults[0].bandwidth.bytesPerSecond: missing (expected: required)
        { delay: 0s }                                   | faults[0].delay: PT0S (expected: more than zero, at most 1m)
        { delay: 61s }                                  | faults[0].delay: PT1M1S (expected: more than zero, at most 1m)
        { delay: {} }                                   | faults[0].delay.fixed: missing (expected: one of fixed, uniform, normal, exponential, percentiles)
        { delay: { fixed: 1s, normal: {} } }            | faults[0].delay.normal: beside fixed (expected: one of fixed, uniform, normal, exponential, percentiles)
        { delay: { uniform: { min: 2s, max: 1s } } }    | faults[0].delay.uniform.max: PT1S (expected: at least min, which is PT2S)
        { delay: { normal: { mean: 1s } } }             | faults[0].delay.normal.stdDev: missing (expected: required)
        { delay: { exponential: { mean: 0s } } }        | faults[0].delay.exponential.mean: PT0S (expected: more than zero, at most 1m)
        { delay: { percentiles: {} } }                  | faults[0].delay.percentiles: 0 (expected: 1 to 32 points)
        { delay: { percentiles: { median: 1s } } }      | faults[0].delay.percentiles.median: median (expected: a percentile, such as p50 or p99.9)
        { delay: { percentiles: { p101: 1s } } }        | faults[0].delay.percentiles.p101: p101 (expected: p0..p100)
        { delay: { percentiles: { p50: 2s, p90: 1s } } } | faults[0].delay.percentiles.p90: PT1S (expected: at least that of the percentile before, which is PT2S)
        { delay: { percentiles: { p50: 2s, p50.0: 3s } } } | faults[0].delay.percentiles.p50.0: given twice (expected: each percentile once)
        { match: { pth: /x }, abort: {} }               | faults[0].match.pth: unknown field (expected: did you mean path?)
        """)
    void aWrongFaultIsRefusedWhereItStands(String fault, String message) {
        assertThatThrownBy(() -> PolicyFormat.read(HEAD + "faults: [ " + fault + " ]"))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("line 4, column ")
                .hasMessageContaining(message);
    }

    @Test
    void namesMustDifferAndThereAreNotTooMany() {
        assertThatThrownBy(() -> faults("[ { name: a, abort: {} }, { name: a, reset: {} } ]"))
                .hasMessageContaining("faults: a twice (expected: names that differ)");
        assertThatThrownBy(() -> faults("[ " + "{ abort: {} }, ".repeat(33) + " ]"))
                .hasMessageContaining("faults: 33 (expected: at most 32)");
        assertThatThrownBy(() -> faults("[ { abort: { body: " + "b".repeat(4_097) + " } } ]"))
                .hasMessageContaining("abort.body: 4097 characters (expected: at most 4096)");
    }

    private static FaultDelay delay(String text) {
        return only("{ delay: " + text + " }").delay().orElseThrow();
    }

    private static Fault only(String text) {
        return faults("[ " + text + " ]").getFirst();
    }

    private static List<Fault> faults(String text) {
        return PolicyFormat.read(HEAD + "faults: " + text).experiments().faults();
    }
}
