package io.signalbox.mesh.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.EdgeId;
import io.signalbox.mesh.model.Protocol;
import io.signalbox.mesh.model.TrafficPolicy;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shop and cart call catalog; ledger is called over TCP. */
class AuthorizationLintTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        catalog | default: deny, rules: [ { action: allow, match: { sources: [cart] } } ] | callers-refused  | shop calls catalog now, and will be refused
        catalog | rules: [ { action: deny, match: { sources: [cart, shop] } } ]           | callers-refused  | cart, shop call catalog now, and will be refused
        catalog | default: deny, mode: dry-run                                            | callers-refused  | would be refused but for the dry run
        catalog | default: deny                                                           | nobody-may-call  | the default is deny, and no rule allows
        catalog | rules: [ { action: deny } ]                                             | nobody-may-call  | a deny rule holds for every call
        catalog | rules: [ { action: allow, match: { sources: [cart] } } ]                | allow-rules-idle | change nothing
        catalog | rules: [ { action: deny, match: { path: /a, pathPrefix: /b } } ]        | rule-never-met   | path is not below pathPrefix
        catalog | rules: [ { action: deny, match: { path: /a/b, pathTemplate: "/{x}" } } ]| rule-never-met   | path does not fit pathTemplate
        ledger  | rules: [ { action: deny, match: { methods: [GET] } } ]                  | rule-never-met   | ledger is called over TCP
        catalog | rules: [ { action: deny, match: { sources: [crat] } } ]                 | unknown-caller   | names crat
        """)
    void whatWasHardlyMeantIsTold(String service, String fields, String rule, String found) {
        assertThat(lint(policy(service, fields)))
                .filteredOn(finding -> finding.rule().wireName().equals(rule))
                .singleElement()
                .satisfies(finding -> assertThat(finding.found()).contains(found));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        default: deny, rules: [ { action: allow, match: { sources: [cart, shop] } } ]
        default: deny, rules: [ { action: allow, match: { sourceIdentities: ["spiffe://m/*"] } } ]
        rules: [ { action: deny, match: { pathPrefix: /admin } } ]
        rules: [ { action: deny, match: { sources: [unknown] } } ]
        """)
    void whatMakesSenseIsNotTold(String fields) {
        assertThat(lint(policy("catalog", fields))).isEmpty();
    }

    @Test
    void whatTheWholeMeshDeniesCountsAsTheServicesOwnWord() {
        TrafficPolicy mesh = PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: \"*\"\n"
                + "authorization: { default: deny }");

        assertThat(lint(mesh, policy("catalog", "rules: [ { action: allow, match: { sources: [shop] } } ]")))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.rule()).isEqualTo(LintFinding.Rule.CALLERS_REFUSED);
                    assertThat(finding.found()).startsWith("cart calls catalog now");
                });
    }

    private static List<LintFinding> lint(TrafficPolicy... policies) {
        return new MeshLint(
                        List.of(EdgeId.parse("shop->catalog"), EdgeId.parse("cart->catalog")),
                        List.of(policies),
                        Stream.of(
                                        new KnownService("catalog", Protocol.HTTP, Set.of("v1")),
                                        new KnownService("cart", Protocol.HTTP, Set.of("v1")),
                                        new KnownService("ledger", Protocol.TCP, Set.of("v1")))
                                .toList())
                .findings();
    }

    private static TrafficPolicy policy(String service, String fields) {
        return PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: " + service
                + "\nauthorization: { " + fields + " }");
    }
}
