package io.signalbox.mesh.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.lint.LintFinding.Rule;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.TrafficPolicy;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is noted of faults and mirrors. */
class ExperimentLintTest {

    private static final KnownService B = new KnownService("b", Protocol.HTTP, Set.of("v1", "v2"));
    private static final KnownService NEXT = new KnownService("next", Protocol.HTTP, Set.of("v1"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        { abort: {} }                                   | FAULTS_ON,EVERY_CALL_FAILS       | nothing is asked of a request
        { side: client, reset: {} }                     | FAULTS_ON,EVERY_CALL_FAILS       | nor at the other side
        { reset: { afterBytes: 10 } }                   | FAULTS_ON                        | a short answer passes
        { abort: {}, share: 99.9 }                      | FAULTS_ON                        | some pass
        { abort: {}, match: { path: /x } }              | FAULTS_ON                        | others pass
        { abort: {}, version: v2 }                      | FAULTS_ON                        | the other version lives
        { abort: {}, share: 0 }                         | ''                               | it is off
        { side: client, delay: 2s }                     | FAULTS_ON,FAULT_OUTLASTS_TIMEOUT | as long as the timeout
        { delay: { uniform: { min: 3s, max: 4s } } }    | FAULTS_ON,FAULT_OUTLASTS_TIMEOUT | never less
        { delay: { uniform: { min: 1s, max: 4s } } }    | FAULTS_ON                        | mostly, not always
        { delay: { exponential: { mean: 30s } } }       | FAULTS_ON                        | now and then short
        { delay: { normal: { mean: 5s, stdDev: 1s } } } | FAULTS_ON                        | it has no least
        { delay: { percentiles: { p0: 2s, p99: 3s } } } | FAULTS_ON,FAULT_OUTLASTS_TIMEOUT | the least is given
        """)
    void whatAFaultDoesIsNoted(String fault, String rules, String why) {
        assertThat(lint("a->b", List.of(), policy("b", "timeout: 2s\nfaults: [ " + fault + " ]")))
                .as(why)
                .extracting(LintFinding::rule)
                .containsExactlyElementsOf(Stream.of(rules.split(","))
                        .filter(rule -> !rule.isEmpty())
                        .map(Rule::valueOf)
                        .toList());
    }

    @Test
    void faultsThatAreOnAreNamedWithWhatTheyDo() {
        assertThat(lint(
                        "a->b",
                        List.of(),
                        policy(
                                "b",
                                "faults: [ { name: slow, share: 2.5, delay: 1s, match: { path: /x } },"
                                        + " { share: 50, version: v2, abort: { status: 429 } } ]")))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found())
                        .isEqualTo("faults are on for b: slow (delay) in 2.50 % of what matches;"
                                + " fault-2 (abort 429) in 50 % of all that goes to v2"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        v2 | split: { v1: 50, v2: 50 }                                                  | false | it gets a half
        v3 | split: { v1: 50, v2: 50 }                                                  | true  | a slip
        v2 | canary: { stable: v1, candidate: v2 }                                      | false | the candidate
        v3 | canary: { stable: v1, candidate: v2 }                                      | true  | neither of both
        v3 | abTest: { versionA: v1, versionB: v2, splitKey: X-User, weightA: 50, weightB: 50 } | true  | neither of both
        v3 | 'split: { v1: 50, v2: 50 }\nrules: [ { match: { path: /x }, to: v3 } ]' | false | a rule sends it some
        v3 | 'split: { v1: 50, v2: 50 }\nmirror: { version: v3 }' | false | it gets copies
        v3 | timeout: 2s                                                                | false | nothing names versions
        """)
    void aFaultOfAVersionThatNothingNamesIsNoted(String version, String splitting, boolean told, String why) {
        assertThat(lint(
                        "a->b",
                        List.of(),
                        policy(
                                "b",
                                splitting.replace("\\n", "\n") + "\nfaults: [ { abort: {}, version: " + version
                                        + " } ]")))
                .as(why)
                .filteredOn(finding -> finding.rule() == Rule.FAULT_ON_UNKNOWN_VERSION)
                .hasSize(told ? 1 : 0);
    }

    @Test
    void aRuleThatWaitsLongerThanTheDelayLeavesSomethingThatPasses() {
        assertThat(lint(
                        "a->b",
                        List.of(),
                        policy(
                                "b",
                                "timeout: 2s\nrules: [ { match: { path: /x }, to: v1, timeout: 9s } ]"
                                        + "\nfaults: [ { delay: 3s } ]")))
                .extracting(LintFinding::rule)
                .containsExactly(Rule.FAULTS_ON);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        version: v2             | ''               | it is there
        version: v3             | MIRROR_TO_NOBODY | it is not
        service: next           | ''               | it is there
        service: gone           | MIRROR_TO_NOBODY | it is not
        version: v3, share: 0   | ''               | it is off
        """)
    void copiesToNobodyAreNoted(String to, String rule, String why) {
        assertThat(lint("a->b", List.of(B, NEXT), policy("b", "mirror: { " + to + " }")))
                .as(why)
                .extracting(LintFinding::rule)
                .isEqualTo(rule.isEmpty() ? List.of() : List.of(Rule.valueOf(rule)));
        assertThat(lint("a->b", List.of(), policy("b", "mirror: { " + to + " }")))
                .as("nothing is known of who is there")
                .isEmpty();
    }

    @Test
    void aMirrorToTheOnlyVersionIsOneToItself() {
        KnownService one = new KnownService("b", Protocol.HTTP, Set.of("v1"));

        assertThat(lint("a->b", List.of(one), policy("b", "mirror: { version: v1 }")))
                .extracting(LintFinding::rule)
                .containsExactly(Rule.MIRROR_TO_ITSELF);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        a->b next->b            | true  | it calls the service that is mirrored
        a->b next->c c->b       | true  | by way of another
        a->b next->c            | false | it calls somebody else
        a->b next->d other->b   | true  | one that it calls is mirrored to a caller
        """)
    void copiesThatLeadToCopiesAreNoted(String edges, boolean told, String why) {
        assertThat(lint(
                        edges,
                        List.of(),
                        policy("b", "mirror: { service: next }"),
                        policy("d", "mirror: { service: other }")))
                .as(why)
                .filteredOn(finding ->
                        finding.rule() == Rule.MIRROR_CYCLE && finding.service().equals("b"))
                .hasSize(told ? 1 : 0);
    }

    @Test
    void faultsOfAServiceThatIsCalledOverTcpAreNoted() {
        KnownService tcp = new KnownService("b", Protocol.TCP, Set.of("v1"));

        assertThat(lint("a->b", List.of(tcp), policy("b", "faults: [ { delay: 1s, share: 10 } ]")))
                .extracting(LintFinding::rule)
                .containsExactly(Rule.FAULTS_ON, Rule.NOT_HTTP);
    }

    private static List<LintFinding> lint(String edges, List<KnownService> known, TrafficPolicy... policies) {
        List<EdgeId> ids =
                Stream.of(edges.strip().split(" ")).map(EdgeId::parse).toList();
        return new MeshLint(ids, List.of(policies), known).findings();
    }

    private static TrafficPolicy policy(String service, String more) {
        return PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: " + service + "\n" + more);
    }
}
