package io.signalbox.console.topology.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.console.fixture.SnapshotFixtures;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.status.Latency;
import io.signalbox.mesh.model.status.TrafficStats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FindParserTest {

    /** 50 req/s, 2 % failed, p50 10 ms, p90 40 ms, p99 80 ms. */
    private static final TrafficStats STATS =
            new TrafficStats(50, 500, 10, 500, 10, new Latency(10_000_000, 40_000_000, 80_000_000, 90_000_000));

    @ParameterizedTest
    @CsvSource({
        "err>1%, true",
        "err>2.5%, false",
        "err>1, true",
        "'err>1,5%', true",
        "err<5%, true",
        "ok>97%, true",
        "ok<98, false",
        "ok<=98.5, true",
        "p50>9ms, true",
        "p50>=10ms, true",
        "p50>10ms, false",
        "p50<10ms, false",
        "p50<=10ms, true",
        "p90>39, true",
        "p99>79ms, true",
        "p99>80ms, false",
        "p99>=0.08s, true",
        "p99<80001us, true",
        "rps>49, true",
        "rps>50/s, false",
        "rps>=50, true",
        "ERR>1%, true",
        "P99 > 79 ms, true",
        "p99 >= 81 ms, false",
        "err > 1 %, true"
    })
    void aFigureIsHeldAgainstItsBound(String text, boolean matches) {
        assertThat(find(text).matches("cart", STATS)).isEqualTo(matches);
    }

    @Test
    void aUnitAfterASpaceIsNotAWordOfItsOwn() {
        assertThat(find("p99 > 80 ms")).isEqualTo(find("p99>80ms"));
        assertThat(find("err > 1 % or rps < 5 /s")).isEqualTo(find("err>1% or rps<5/s"));
    }

    @Test
    void withoutTrafficNoComparisonOfLatencyOrShareHolds() {
        for (String text : new String[] {"err>0", "err<=100", "ok>=0", "p99>0", "p99<10s", "p50<1s", "p90<1s"}) {
            assertThat(find(text).matches("cart", TrafficStats.NONE)).as(text).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"name:cart", "name:car", "CART", "art", "name:CaRt"})
    void aWordIsLookedForInTheNameInAnyCase(String text) {
        assertThat(find(text).matches("cart", STATS)).isTrue();
        assertThat(find(text).matches("payment", STATS)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "pay and ment, true",
        "pay ment, true",
        "pay cart, false",
        "cart or pay, true",
        "cart or stock, false",
        "cart and stock or pay, true",
        "pay or cart and stock, true",
        "pay and cart or stock, false",
        "PAY AND MENT, true",
        "cart OR pay, true",
        "name:pay err>1%, true",
        "name:pay and err>9%, false"
    })
    void andBindsCloserThanOr(String text, boolean matches) {
        assertThat(find(text).matches("payment", STATS)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void blankTextAsksNothing(String text) {
        assertThat(FindParser.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "err> | a share such as 1%",
                "err>x | a share such as 1%",
                "err>5ms | a share such as 1%",
                "ok<-1% | a share such as 1%",
                "p99>5% | a time such as 80ms",
                "p50<5/s | a time such as 80ms",
                "rps>5s | a rate such as 50",
                "cpu>5 | err, ok, p50, p90, p99 or rps before the sign",
                ">5 | err, ok, p50, p90, p99 or rps before the sign",
                "or | a condition on both sides",
                "and | a condition on both sides",
                "cart or | a condition on both sides",
                "or cart | a condition on both sides",
                "and cart | a condition on both sides",
                "cart and | a condition on both sides",
                "cart and or pay | a condition on both sides",
                "cart or and pay | a condition on both sides"
            })
    void whatCannotBeReadIsRefusedWithWhatIsExpected(String text, String expected) {
        assertThatThrownBy(() -> FindParser.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void theDesignsQuestionFindsWhatFailsAndWhatIsSlow() {
        GraphModel graph = GraphModel.of(SnapshotFixtures.paymentOpen());
        Found found = Found.in(graph, FindParser.parse("err>1% or p99>80ms"));
        assertThat(found.active()).isTrue();
        assertThat(found.nodes()).contains("storefront", "checkout", "pricing").doesNotContain("cart", "ratings");
        assertThat(found.edges())
                .extracting(Object::toString)
                .contains("checkout->payment", "checkout->pricing")
                .doesNotContain("storefront->cart", "payment->bank");
    }

    @Test
    void anEdgeBetweenTwoFoundNodesIsTouched() {
        GraphModel graph = GraphModel.of(SnapshotFixtures.calm());
        Found found = Found.in(graph, FindParser.parse("name:catalog or name:reviews"));
        assertThat(found.nodes()).containsExactlyInAnyOrder("catalog", "reviews");
        assertThat(found.touches(GraphModelTest.id("catalog->reviews"))).isTrue();
        assertThat(found.touches(GraphModelTest.id("checkout->stock"))).isFalse();
        assertThat(found.has("cart")).isFalse();
    }

    private static Find find(String text) {
        return FindParser.parse(text).orElseThrow();
    }
}
