package io.signalbox.mesh.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.routing.Reach.Extent;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizerTest {

    private static final RouteSource CART = new RouteSource("cart", "spiffe://a/service/cart");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        default: deny                                                                        | NONE
        default: deny, rules: [ { action: allow, match: { sources: [cart] } } ]              | ALL
        default: deny, rules: [ { action: allow, match: { sources: [cart], path: /a } } ]    | SOME
        default: deny, rules: [ { action: allow, match: { sources: [shop] } } ]              | NONE
        rules: [ { action: deny, match: { sources: [cart] } } ]                              | NONE
        rules: [ { action: deny, match: { sources: [cart], methods: [POST] } } ]             | SOME
        rules: [ { action: deny, match: { sources: [shop] } } ]                              | ALL
        default: deny, rules: [ { action: allow }, { action: deny, match: { path: /a } } ]   | SOME
        default: deny, rules: [ { action: allow }, { action: deny } ]                        | NONE
        """)
    void howFarACallerComesFollowsFromTheRulesAboutIt(String authorization, Extent extent) {
        assertThat(authorizer(authorization).reach(CART).extent()).isEqualTo(extent);
    }

    @Test
    void withNothingThatDeniesThereIsNothingToAsk() {
        assertThat(Authorizer.of(
                        PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n"
                                        + "authorization: { rules: [ { action: allow, match: { sources: [cart] } } ] }")
                                .authorization()))
                .isNull();
    }

    /** Text that is the same in every reading is left as it is, and no reading of any is longer than its text. */
    @ParameterizedTest
    @CsvSource({"/items", "/items/7", "/a.b/c", "/pkg.Service/Method", "/", "/~user/-x_y"})
    void ordinaryPathsReadTheSameInEveryWay(String path) {
        assertThat(PathReading.isPlain(path)).isTrue();
        for (PathReading reading : PathReading.ALL) {
            assertThat(reading.of(path)).isEqualTo(path.toLowerCase(Locale.ROOT));
        }
    }

    private static Authorizer authorizer(String fields) {
        return Objects.requireNonNull(
                Authorizer.of(PolicyFormat.read("apiVersion: signalbox.io/v1\nkind: TrafficPolicy\nservice: catalog\n"
                                + "authorization: { " + fields + " }")
                        .authorization()));
    }
}
