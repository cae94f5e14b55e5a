package io.signalbox.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PoliciesTest {

    private static final Duration GRAY_DELAY = Duration.ofMillis(400);

    private final Map<String, TrafficPolicy> policies = Policies.all().stream()
            .map(PolicyFormat::read)
            .collect(Collectors.toMap(TrafficPolicy::service, Function.identity()));

    private TrafficPolicy policy(String service) {
        return Objects.requireNonNull(policies.get(service));
    }

    @Test
    void everyServiceOfTheShopHasAPolicyThatTheMeshAccepts() {
        assertThat(policies.keySet())
                .containsExactlyInAnyOrder(
                        "storefront",
                        "catalog",
                        "reviews",
                        "ratings",
                        "cart",
                        "pricing",
                        "stock",
                        "checkout",
                        "payment",
                        "bank",
                        "mailer");
    }

    @Test
    void theCatalogueBeginsAsACanaryAtTenPercentAndReviewsAreSplitInThree() {
        assertThat(policy("catalog").splitting()).isInstanceOfSatisfying(Splitting.Canary.class, canary -> {
            assertThat(canary.candidate()).isEqualTo("v2");
            assertThat(canary.initialWeight()).isEqualTo(new Weight(10));
        });
        assertThat(policy("reviews").splitting())
                .isEqualTo(new Splitting.Weighted(
                        Map.of("v1", new Weight(34), "v2", new Weight(33), "v3", new Weight(33))));
    }

    @Test
    void aPaymentIsRepeatedOnlyWhenNothingWasSent() {
        assertThat(policy("payment").retry().retryOn()).isEqualTo(Set.of(RetryCondition.CONNECT_FAILURE));
        assertThat(policy("bank").retry().retryOn()).isEqualTo(Set.of(RetryCondition.CONNECT_FAILURE));
    }

    @Test
    void pricingMayBeAskedTwiceAndStockNever() {
        assertThat(policy("pricing").retry().methods()).isEqualTo(RetryPolicy.Methods.ANY);
        assertThat(policy("pricing").retry().perTryTimeout())
                .hasValueSatisfying(longest -> assertThat(longest).isGreaterThan(GRAY_DELAY));
        assertThat(policy("stock").retry().retryOn()).isEqualTo(Set.of(RetryCondition.CONNECT_FAILURE));
    }

    @Test
    void whatMayBePostedIsNotCutShort() {
        for (String service : Set.of("storefront", "cart", "checkout", "payment", "bank", "mailer")) {
            assertThat(policy(service).retry().perTryTimeout()).as(service).isEmpty();
        }
    }

    @Test
    void aCallerWaitsLongerThanThoseItCalls() {
        assertThat(policy("storefront").timeout())
                .isGreaterThan(policy("catalog").timeout())
                .isGreaterThan(policy("checkout").timeout());
        assertThat(policy("catalog").timeout()).isGreaterThan(policy("reviews").timeout());
        assertThat(policy("reviews").timeout()).isGreaterThan(policy("ratings").timeout());
        assertThat(policy("checkout").timeout())
                .isGreaterThan(policy("pricing").timeout())
                .isGreaterThan(policy("stock").timeout())
                .isGreaterThan(policy("payment").timeout());
        assertThat(policy("payment").timeout()).isGreaterThan(policy("bank").timeout());
    }
}
