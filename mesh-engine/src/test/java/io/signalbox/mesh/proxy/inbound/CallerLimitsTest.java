package io.signalbox.mesh.proxy.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.mesh.model.RateLimit;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallerLimitsTest {

    private final ManualTime time = new ManualTime();
    private final CallerLimits limits = new CallerLimits(anHour(1), time);

    @Test
    void eachIdentityHasABucketOfItsOwn() {
        assertThat(takes(id("shop"))).isTrue();
        assertThat(takes(id("shop"))).isFalse();
        assertThat(takes(id("cart"))).isTrue();
        assertThat(takes("spiffe://other.signalbox/service/shop")).isTrue();
    }

    @Test
    void whoProvesNothingSharesOneBucketWithItsLike() {
        assertThat(limits.of(null).name()).isEqualTo("unproven");
        assertThat(takes(null)).isTrue();
        assertThat(takes(null)).isFalse();
        assertThat(takes(id("unproven"))).isTrue();
    }

    @Test
    void aCallerIsNamedByItsServiceOrElseByItsIdentity() {
        assertThat(limits.of(id("shop")).name()).isEqualTo("shop");
        assertThat(limits.of("spiffe://test.signalbox/ns/a/sa/b").name())
                .isEqualTo("spiffe://test.signalbox/ns/a/sa/b");
    }

    @Test
    void whoComesWhenAllPlacesAreTakenSharesOneBucketWithTheRest() {
        fill();

        assertThat(takes(id("late-1"))).isTrue();
        assertThat(takes(id("late-2"))).isFalse();
        assertThat(limits.of(id("late-2")).name()).isEqualTo("other");
        assertThat(takes(id("s0"))).isFalse();
    }

    @Test
    void whoHasSentNothingForLongMakesRoom() {
        fill();
        limits.of(id("late"));
        time.advance(Duration.ofHours(1));

        assertThat(limits.of(id("late")).name()).isEqualTo("late");
    }

    @Test
    void thePlacesAreSearchedOnceASecondAtMost() {
        fill();
        time.advance(Duration.ofHours(1).minusMillis(500));
        assertThat(limits.of(id("late")).name()).isEqualTo("other");
        time.advance(Duration.ofMillis(500));

        assertThat(limits.of(id("late")).name()).isEqualTo("other");
        time.advance(Duration.ofMillis(500));
        assertThat(limits.of(id("late")).name()).isEqualTo("late");
    }

    @Test
    void bucketsGoOnWhileTheLimitIsTheSame() {
        assertThat(CallerLimits.under(anHour(1), limits, time)).isSameAs(limits);
        assertThat(CallerLimits.under(anHour(2), limits, time)).isNotSameAs(limits);
        assertThat(CallerLimits.under(null, limits, time)).isNull();
    }

    private void fill() {
        for (int i = 0; i < CallerLimits.MOST; i++) {
            assertThat(takes(id("s" + i))).isTrue();
        }
    }

    private boolean takes(@Nullable String identity) {
        return limits.of(identity).requests().tryTake() == 0;
    }

    private static String id(String service) {
        return "spiffe://test.signalbox/service/" + service;
    }

    private static RateLimit anHour(int requests) {
        return new RateLimit(requests, Duration.ofHours(1), requests);
    }
}
