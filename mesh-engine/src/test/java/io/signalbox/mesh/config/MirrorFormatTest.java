package io.signalbox.mesh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.model.Mirror;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.ValueMatch;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MirrorFormatTest {

    private static final String HEAD = "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: user-service\n";

    @Test
    void aMirrorIsReadFieldByFieldAndHasDefaults() {
        assertThat(read("{ service: next, share: 0.5, methods: [GET, POST], maxInFlight: 4 }"))
                .contains(new Mirror(
                        Optional.empty(),
                        Optional.of("next"),
                        RouteMatch.ANY,
                        0.5,
                        Set.of("GET", "POST"),
                        4,
                        Optional.empty()));
        assertThat(read("{ version: v2 }"))
                .contains(new Mirror(
                        Optional.of("v2"),
                        Optional.empty(),
                        RouteMatch.ANY,
                        100,
                        Set.of("GET", "HEAD", "OPTIONS"),
                        32,
                        Optional.empty()));
        assertThat(read("{ version: v2, diff: {} }").orElseThrow().diff()).contains(new Mirror.Diff(10, Set.of()));
        assertThat(read("{ version: v2, diff: { noiseShare: 2.5, ignoreHeaders: [X-Served-By] } }")
                        .orElseThrow()
                        .diff())
                .contains(new Mirror.Diff(2.5, Set.of("x-served-by")));
    }

    @Test
    void whatIsCopiedIsNamedByConditionsLikeThoseOfARule() {
        Mirror mirror =
                read("{ version: v2, match: { pathPrefix: /quotes, sources: checkout, headers: { X-Beta: yes } } }")
                        .orElseThrow();

        assertThat(mirror.match().pathPrefix()).contains("/quotes");
        assertThat(mirror.match().sources()).containsExactly("checkout");
        assertThat(mirror.match().headers()).containsEntry("X-Beta", new ValueMatch.Exact("yes"));
    }

    @Test
    void whatIsWrittenIsReadAsTheSame() {
        TrafficPolicy policy = PolicyFormat.read(HEAD
                + "mirror: { version: v2, match: { query: { a: b } }, share: 33.3, diff: { ignoreHeaders:"
                + " X-Served-By } }");

        assertThat(PolicyFormat.read(PolicyFormat.yaml(policy))).isEqualTo(policy);
        assertThat(PolicyFormat.yaml(TrafficPolicy.defaults("cart"))).doesNotContain("mirror");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                                    | mirror.version: missing (expected: one of version, service)
        { version: v2, service: next }        | mirror.service: beside version (expected: one of version, service)
        { service: user-service }             | mirror.service: user-service (expected: another service than the policy's own)
        { service: Next }                     | mirror.service: Next (expected: 1 to 63 of a-z, 0-9 and -, not - at either end)
        { version: v2, share: 100.5 }         | mirror.share: 100.5 (expected: 0..100)
        { version: v2, share: -1 }            | mirror.share: -1.0 (expected: 0..100)
        { version: v2, methods: [get] }       | mirror.methods: get (expected: a method in capitals, such as GET)
        { version: v2, methods: [] }          | mirror.methods: none (expected: at least one)
        { version: v2, methods: [CONNECT] }   | mirror.methods: CONNECT (expected: methods of requests)
        { version: v2, maxInFlight: 0 }       | mirror.maxInFlight: 0 (expected: 1..1000)
        { version: v2, maxInFlight: 1001 }    | mirror.maxInFlight: 1001 (expected: 1..1000)
        { version: v2, match: { methods: [GET] } } | mirror.match.methods: given (expected: left out: mirror.methods says which)
        { version: v2, match: { paths: /a } } | mirror.match.paths: unknown field (expected: did you mean path?)
        { version: v2, match: { path: a } }   | mirror.match.path: a (expected: a path that begins with /
        { version: v2, diff: true }           | mirror.diff: true (expected: a mapping of fields)
        { version: v2, diff: { noise: 1 } }   | mirror.diff.noise: unknown field (expected:
        { version: v2, diff: { noiseShare: 101 } } | mirror.diff.noiseShare: 101.0 (expected: 0..100)
        { version: v2, diff: { ignoreHeaders: ['a b'] } } | mirror.diff.ignoreHeaders: a b (expected:
        """)
    void aWrongMirrorIsRefusedWhereItStands(String mirror, String message) {
        assertThatThrownBy(() -> read(mirror))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("line 4, column ")
                .hasMessageContaining(message);
    }

    private static Optional<Mirror> read(String text) {
        return PolicyFormat.read(HEAD + "mirror: " + text).experiments().mirror();
    }
}
