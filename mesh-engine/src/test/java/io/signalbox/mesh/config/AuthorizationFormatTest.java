package io.signalbox.mesh.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.mesh.model.Authorization;
import io.signalbox.mesh.model.Authorization.Action;
import io.signalbox.mesh.model.Authorization.Mode;
import io.signalbox.mesh.model.AuthorizationRule;
import io.signalbox.mesh.model.RouteMatch;
import io.signalbox.mesh.model.TrafficPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizationFormatTest {

    private static final String HEAD = "apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: ";

    @Test
    void authorizationIsReadFieldByField() {
        assertThat(authorization(
                        "default: deny, mode: dry-run, rules: [ { name: reads, action: allow, match: { sources: [cart],"
                                + " sourceIdentities: [\"spiffe://a/*\"], methods: [GET], pathPrefix: /items } } ]"))
                .isEqualTo(new Authorization(
                        Optional.of(Action.DENY),
                        Optional.of(Mode.DRY_RUN),
                        List.of(new AuthorizationRule(
                                "reads",
                                Action.ALLOW,
                                new RouteMatch(
                                        Map.of(),
                                        Optional.empty(),
                                        Optional.of("/items"),
                                        Optional.empty(),
                                        Set.of("GET"),
                                        Map.of(),
                                        Set.of("cart"),
                                        Set.of("spiffe://a/*"))))));
    }

    @Test
    void aRuleWithoutANameIsCalledByWhatItDoesAndItsPlace() {
        assertThat(authorization("rules: [ { action: allow }, { action: deny } ]")
                        .rules())
                .extracting(AuthorizationRule::name)
                .containsExactly("allow-1", "deny-2");
    }

    @Test
    void leftOutItIsTheMeshsAndWithoutThatEverybodyMayCall() {
        Authorization mesh = authorization("default: deny, mode: dry-run");

        assertThat(Authorization.NONE.under(mesh)).isEqualTo(mesh);
        assertThat(authorization("default: allow").under(mesh).effectiveDefault())
                .isEqualTo(Action.ALLOW);
        assertThat(authorization("mode: enforce").under(mesh).effectiveMode()).isEqualTo(Mode.ENFORCE);
        assertThat(Authorization.NONE.under(Authorization.NONE).mayDeny()).isFalse();
    }

    @Test
    void thePolicyOfTheWholeMeshIsWrittenAsItIsRead() {
        TrafficPolicy mesh = PolicyFormat.read(HEAD + "\"*\"\nauthorization: { default: deny, mode: dry-run }");

        assertThat(mesh.service()).isEqualTo(TrafficPolicy.WHOLE_MESH);
        assertThat(PolicyFormat.read(PolicyFormat.yaml(mesh))).isEqualTo(mesh);
        assertThat(PolicyFormat.read(PolicyFormat.json(mesh))).isEqualTo(mesh);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        catalog | rules: [ { action: deny, match: { headers: { X-Role: a } } } ] | authorization.rules[0].match.headers
        catalog | rules: [ { action: deny, match: { query: { a: b } } } ]        | authorization.rules[0].match.query
        catalog | rules: [ { action: deny, match: { pathPrefix: items } } ]      | authorization.rules[0].match.pathPrefix
        catalog | rules: [ { action: deny, match: { from: cart } } ]             | authorization.rules[0].match.from
        catalog | rules: [ { action: maybe } ]                                   | authorization.rules[0].action
        catalog | rules: [ { match: { path: /a } } ]                             | authorization.rules[0].action
        catalog | rules: [ { name: a, action: deny }, { name: a, action: deny } ]| authorization.rules
        catalog | rules: [ { name: a b, action: deny } ]                         | authorization.rules[0].name
        catalog | default: never                                                 | authorization.default
        catalog | mode: on                                                       | authorization.mode
        "*"     | rules: [ { action: deny } ]                                    | authorization.rules
        """)
    void whatMakesNoSenseIsRefusedInItsPlace(String service, String fields, String place) {
        String quoted = service.equals("*") ? "\"*\"" : service;
        assertThatThrownBy(() -> PolicyFormat.read(HEAD + quoted + "\nauthorization: { " + fields + " }"))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining(place + ":");
    }

    @Test
    void thePolicyOfTheWholeMeshHoldsNothingElse() {
        assertThatThrownBy(() -> PolicyFormat.read(HEAD + "\"*\"\ntimeout: 5s"))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining("timeout: given (expected: left out: the whole mesh has authorization alone)");
    }

    private static Authorization authorization(String fields) {
        TrafficPolicy policy = PolicyFormat.read(HEAD + "catalog\nauthorization: { " + fields + " }");
        assertThat(PolicyFormat.read(PolicyFormat.yaml(policy))).isEqualTo(policy);
        return policy.authorization();
    }
}
